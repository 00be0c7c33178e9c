using System.ComponentModel.DataAnnotations;
using Integration.Fixtures;

namespace Integration.Http.Tests;

/// <summary>Wrong settings of the transport end the start with their name and the way out.</summary>
public sealed class Transport_settings : IDisposable
{
    private readonly TemporaryFolder _folder = new("settings");
    private readonly TestAuthority _authority = new();

    [Theory]
    [InlineData("https://proxy.example:3128", "Http__Proxy: 'https://proxy.example:3128' is no proxy")]
    [InlineData("http://ada:hunter2@proxy.example", "without credentials")]
    [InlineData("proxy.example:3128", "is no proxy")]
    [InlineData("http://proxy.example/path", "is no proxy")]
    public void A_proxy_is_an_address_with_http_and_without_credentials(string proxy, string expected) =>
        Problems(new HttpTransportOptions { Proxy = proxy }).ShouldContain(expected);

    [Fact]
    public void A_user_of_the_proxy_needs_a_file_with_a_password_and_a_proxy()
    {
        var options = new HttpTransportOptions { ProxyUserName = "a:b", ProxyPasswordFile = "/no/such/file" };
        Problems(options).ShouldContain("Http__ProxyUserName has a colon");
        Problems(options).ShouldContain("Http__ProxyPasswordFile: there is no file '/no/such/file'");
        Problems(options).ShouldContain("but Http__Proxy is not");
        Problems(new HttpTransportOptions { Proxy = "http://proxy.example", ProxyUserName = "ada" })
            .ShouldContain("set Http__ProxyUserName and Http__ProxyPasswordFile both");
    }

    [Fact]
    public void Exclusions_and_hosts_are_rules()
    {
        Problems(new HttpTransportOptions { Proxy = "http://proxy.example", ProxyExclusions = "http://x" })
            .ShouldContain("Http__ProxyExclusions: 'http://x' is no host");
        Problems(With(new HttpTargetOptions { Hosts = "" }))
            .ShouldContain("Http__Targets__bank__Hosts: it is not said");
        Problems(With(new HttpTargetOptions { Hosts = "a b" })).ShouldContain("'a b' is no host");
    }

    [Fact]
    public void A_certificate_and_its_key_must_be_there_and_fit_together()
    {
        var (certificate, key) = (_folder.Combine("a.pem"), _folder.Combine("a.key"));
        _authority.Issue(certificate, key);
        Problems(Certificate(certificate, key)).ShouldBeEmpty();
        _authority.Issue(_folder.Combine("b.pem"), key);
        Problems(Certificate(certificate, key))
            .ShouldContain("Http__Targets__bank__ClientCertificateFile: it cannot be used");
        Problems(Certificate(certificate, "/no/such/key"))
            .ShouldContain("Http__Targets__bank__ClientKeyFile: there is no file '/no/such/key'");
        Problems(Certificate("", key)).ShouldContain("ClientCertificateFile is not set, but the key is");
    }

    [Fact]
    public void A_folder_for_refresh_tokens_must_be_there() =>
        Problems(new HttpTransportOptions { RefreshTokenFolder = "/no/such/folder" })
            .ShouldContain("Http__RefreshTokenFolder: there is no folder '/no/such/folder'");

    [Fact]
    public void A_token_endpoint_needs_time() =>
        Problems(new HttpTransportOptions { TokenTimeout = TimeSpan.Zero }).ShouldContain("Http__TokenTimeout");

    public void Dispose()
    {
        _folder.Dispose();
        _authority.Dispose();
    }

    private static HttpTransportOptions Certificate(string certificate, string key) =>
        With(
            new HttpTargetOptions
            {
                Hosts = "api.bank.example",
                ClientCertificateFile = certificate,
                ClientKeyFile = key,
            }
        );

    private static HttpTransportOptions With(HttpTargetOptions target) => new() { Targets = { ["bank"] = target } };

    private static string Problems(HttpTransportOptions options) =>
        string.Join('\n', options.Validate(new ValidationContext(options)).Select(problem => problem.ErrorMessage));
}
