using System.Reflection;
using System.Text.RegularExpressions;
using Integration.Contracts;
using Integration.Errors;
using Integration.Fixtures;

namespace Integration.Http.Tests;

public sealed partial class Reference_page
{
    private static readonly string _page = File.ReadAllText(RepositoryFolder.File("docs/reference/http.md"));

    [Theory]
    [InlineData(typeof(HttpTransportOptions), "Http")]
    [InlineData(typeof(HttpTargetOptions), "Http__Targets__NAME")]
    public void It_lists_every_setting_with_its_default(Type options, string section)
    {
        var defaults = Activator.CreateInstance(options);
        foreach (var property in options.GetProperties().Where(property => property.CanWrite))
        {
            var value = property.GetValue(defaults) is var one and not "" ? $"`{one}`" : "empty";
            _page.ShouldContain($"| `{section}__{property.Name}` | {value} |");
        }
    }

    [Fact]
    public void It_lists_every_setting_of_a_profile()
    {
        foreach (var property in typeof(AuthenticationOptions).GetProperties())
            ProfileSettings().Match(_page).Value.ShouldContain(property.Name);
    }

    [Fact]
    public void It_lists_every_type_of_authentication_with_its_fields()
    {
        foreach (var type in Enum.GetValues<AuthenticationType>())
            _page.ShouldContain($"| `{AuthenticationNames.Of(type)}`");
        foreach (var parameter in typeof(Authentication).GetConstructors()[0].GetParameters().Skip(1))
            _page.ShouldContain($"`{char.ToLowerInvariant(parameter.Name![0])}{parameter.Name[1..]}`");
    }

    [Theory]
    [InlineData(typeof(Credentials))]
    [InlineData(typeof(TokenErrors))]
    [InlineData(typeof(DigestAuthenticator))]
    [InlineData(typeof(ClientCertificate))]
    [InlineData(typeof(ProxyTunnel))]
    [InlineData(typeof(RedirectErrors))]
    public void It_explains_every_error_with_its_category(Type declaring)
    {
        var errors = declaring.GetCustomAttributes<RaisesAttribute>().ToList();
        errors.ShouldNotBeEmpty();
        foreach (var error in errors)
            _page.ShouldContain($"| `{Category(error.Category)}` | `{error.Code}` |");
    }

    private static string Category(ErrorCategory category) => category.ToString().ToLowerInvariant();

    [GeneratedRegex(
        "^.*Http__Authentications__NAME__.*(\n.*Http__Authentications__NAME__.*)*",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ProfileSettings();
}
