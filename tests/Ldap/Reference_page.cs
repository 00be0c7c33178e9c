using Integration.Contracts;
using Integration.Fixtures;
using Integration.Sdk;
using Integration.Testing;

namespace Integration.Ldap.Tests;

public sealed class Reference_page(LdapFixture ldap)
    : ReferencePages("tests/Ldap", args => LdapService.Create(args)),
        IClassFixture<LdapFixture>
{
    protected override Task<IReadOnlyList<string>> RunAsync(OperationDescription operation, OperationExample example) =>
        ExampleRun.RunAsync(ldap.Service, operation, example);
}
