using System.Text.RegularExpressions;
using Integration.Fixtures;
using Integration.Sdk;

namespace Integration.Ldap.Tests;

public sealed partial class Declared_errors
{
    [Fact]
    public void Every_error_that_the_code_makes_is_declared_by_an_operation()
    {
        var declared = typeof(LdapService)
            .Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(OperationAttribute), inherit: false))
            .SelectMany(type => OperationDescription.Of(type).Errors)
            .Select(error => error.Code)
            .ToHashSet(StringComparer.Ordinal);
        var made = Directory
            .EnumerateFiles(RepositoryFolder.File("services/Ldap"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Codes().Matches(File.ReadAllText(file)))
            .Select(code => code.Groups["code"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        made.Count.ShouldBeGreaterThan(20);
        made.Where(code => !declared.Contains(code)).ShouldBeEmpty();
    }

    // The first argument of a typed error, or the middle of a line in the table of result codes.
    [GeneratedRegex(
        @"(Exception|new)\(\s*""(?<code>[a-z]+(-[a-z]+)*)"",|ErrorCategory\.\w+,\s*""(?<code>[a-z]+(-[a-z]+)*)"",\s*\d",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Codes();
}
