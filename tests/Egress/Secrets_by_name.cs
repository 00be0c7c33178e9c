using Integration.Errors;
using Integration.Hosting;
using Microsoft.Extensions.Options;

namespace Integration.Egress.Tests;

public sealed class Secrets_by_name : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("secrets-").FullName;
    private readonly SecretsOptions _options = [];
    private readonly SecretMask _mask = new();

    [Theory]
    [InlineData("Bearer {{secrets.CRM}}", "Bearer s3cret-value")]
    [InlineData("{{ secrets.crm }}{{secrets.CRM}}", "s3cret-values3cret-value")]
    [InlineData("{{secret.CRM}} {secrets.CRM}", "{{secret.CRM}} {secrets.CRM}")]
    public async Task A_placeholder_becomes_its_secret_and_other_text_stays(string text, string revealed)
    {
        _options["CRM"] = new SecretOptions { Value = "s3cret-value", Hosts = "api.example.org" };
        (await RevealAsync(text)).ShouldBe(revealed);
    }

    [Fact]
    public async Task A_secret_that_looks_like_a_placeholder_is_sent_as_it_is()
    {
        _options["A"] = new SecretOptions { Value = "{{secrets.B}}", Hosts = "*" };
        _options["B"] = new SecretOptions { Value = "s3cret-value", Hosts = "*" };
        (await RevealAsync("{{secrets.A}}")).ShouldBe("{{secrets.B}}");
    }

    [Theory]
    [InlineData("api.example.org", "api.example.org", 443, true)]
    [InlineData("API.example.org.", "api.example.org", 443, true)]
    [InlineData("api.example.org:443", "api.example.org", 8443, false)]
    [InlineData("*.example.org", "api.example.org", 443, true)]
    [InlineData("*.example.org", "api.example.org.evil.test", 443, false)]
    [InlineData("example.org", "api.example.org", 443, false)]
    [InlineData("0.0.0.0/0", "api.example.org", 443, false)]
    [InlineData("10.1.2.3", "10.1.2.3", 443, true)]
    [InlineData("10.1.2.3", "10.1.2.4", 443, false)]
    [InlineData("one.example.org, two.example.org", "two.example.org", 443, true)]
    public async Task It_goes_to_the_hosts_that_it_is_declared_for(string hosts, string host, int port, bool sent)
    {
        _options["CRM"] = new SecretOptions { Value = "s3cret-value", Hosts = hosts };
        var revealing = RevealAsync("{{secrets.CRM}}", host, port);
        if (sent)
        {
            (await revealing).ShouldBe("s3cret-value");
            return;
        }

        var error = await Should.ThrowAsync<AccessErrorException>(() => revealing);
        error.Code.ShouldBe("secret-not-for-host");
        error.Message.ShouldContain("headers.Authorization");
        error.Message.ShouldContain("Secrets__CRM__Hosts");
        error.Message.ShouldNotContain("s3cret-value");
    }

    [Theory]
    [InlineData("", "headers.Authorization", false, true)]
    [InlineData("", "form.comment", true, false)]
    [InlineData("form.client_secret", "form.client_secret", true, true)]
    [InlineData("form.client_secret", "form.comment", true, false)]
    [InlineData("form", "form.comment", true, true)]
    [InlineData("form", "formula.a", true, false)]
    [InlineData("headers.authorization, query.key", "headers.Authorization", false, true)]
    [InlineData("headers.authorization, query.key", "query.key", true, true)]
    [InlineData("query.key", "headers.Authorization", false, false)]
    public async Task It_stands_where_it_is_declared_for(string inputs, string field, bool holdsData, bool sent)
    {
        _options["CRM"] = new SecretOptions
        {
            Value = "s3cret-value",
            Hosts = "*",
            Inputs = inputs,
        };
        var revealing = RevealAsync("{{secrets.CRM}}", field: field, holdsData: holdsData);
        if (sent)
        {
            (await revealing).ShouldBe("s3cret-value");
            return;
        }

        var error = await Should.ThrowAsync<AccessErrorException>(() => revealing);
        error.Code.ShouldBe("secret-not-for-input");
        error.Message.ShouldContain($"add '{field}' to Secrets__CRM__Inputs");
        error.Message.ShouldNotContain("s3cret-value");
    }

    [Fact]
    public async Task An_unknown_secret_is_named_with_the_settings_that_make_it_known()
    {
        var error = await Should.ThrowAsync<AccessErrorException>(() => RevealAsync("{{secrets.MISSING}}"));
        error.Code.ShouldBe("secret-unknown");
        error.Message.ShouldContain("Secrets__MISSING__File");
    }

    [Fact]
    public async Task A_file_is_read_at_every_use()
    {
        var file = Path.Combine(_folder, "crm");
        _options["CRM"] = new SecretOptions { File = file, Hosts = "*" };
        await File.WriteAllTextAsync(file, "first-value\n");
        (await RevealAsync("{{secrets.CRM}}")).ShouldBe("first-value");
        await File.WriteAllTextAsync(file, "second-value\n");
        (await RevealAsync("{{secrets.CRM}}")).ShouldBe("second-value");
        File.Delete(file);
        var error = await Should.ThrowAsync<AccessErrorException>(() => RevealAsync("{{secrets.CRM}}"));
        error.Code.ShouldBe("secret-unavailable");
    }

    [Fact]
    public async Task A_provider_is_asked_for_what_has_neither_value_nor_file()
    {
        _options["CRM"] = new SecretOptions { Hosts = "*" };
        (await RevealAsync("{{secrets.CRM}}", providers: [new Vault("other"), new Vault("CRM")])).ShouldBe(
            "from CRM's vault"
        );
        (await Should.ThrowAsync<AccessErrorException>(() => RevealAsync("{{secrets.CRM}}"))).Code.ShouldBe(
            "secret-unavailable"
        );
    }

    [Fact]
    public async Task What_is_too_short_to_be_masked_is_not_sent_whoever_has_it()
    {
        _options["CRM"] = new SecretOptions { Hosts = "*" };
        (
            await Should.ThrowAsync<AccessErrorException>(() =>
                RevealAsync("{{secrets.CRM}}", providers: [new Short()])
            )
        ).Code.ShouldBe("secret-unavailable");
    }

    [Fact]
    public async Task What_was_revealed_is_masked_in_all_its_forms_from_then_on()
    {
        _options["CRM"] = new SecretOptions { Value = "pass \"word\"/1", Hosts = "*" };
        _mask.Apply("pass \"word\"/1").ShouldBe("pass \"word\"/1");
        await RevealAsync("{{secrets.CRM}}");
        _mask.Apply("with pass \"word\"/1 in it").ShouldBe("with *** in it");
        _mask.Apply("?q=pass%20%22word%22%2F1&r=pass%20%22word%22%2f1").ShouldBe("?q=***&r=***");
        _mask.Apply("Basic cGFzcyAid29yZCIvMQ==").ShouldBe("Basic ***");
        _mask.Apply("<p>pass &quot;word&quot;/1</p>").ShouldBe("<p>***</p>");
        var json = """{"a":"pass \"word\"\/1","b":["{\"c\":\"pass \\\"word\\\"/1\"}"],"n":1.50,"t":true}"""u8.ToArray();
        System
            .Text.Encoding.UTF8.GetString(_mask.ApplyToJson(json).Span)
            .ShouldBe("""{"a":"***","b":["{\u0022c\u0022:\u0022***\u0022}"],"n":1.50,"t":true}""");
        var innocent = """{"a":"pass"}"""u8.ToArray();
        _mask.ApplyToJson(innocent).ShouldBe(innocent);
    }

    [Theory]
    [InlineData("", "", "*", "Secrets__CRM: it has no value")]
    [InlineData("s3cret-value", "/a/file", "*", "Keep one")]
    [InlineData("short", "", "*", "Secrets__CRM__Value: it is shorter than 8")]
    [InlineData("", "/no/such/file", "*", "Secrets__CRM__File: there is no file")]
    [InlineData("s3cret-value", "", "", "Secrets__CRM__Hosts: it is not said")]
    [InlineData("s3cret-value", "", "a b", "Secrets__CRM__Hosts: 'a b' is no host")]
    public void Wrong_settings_are_named(string value, string file, string hosts, string problem)
    {
        _options["CRM"] = new SecretOptions
        {
            Value = value,
            File = file,
            Hosts = hosts,
        };
        var result = new SecretsCheck([]).Validate(null, _options);
        result.FailureMessage!.ShouldContain(problem);
        result.FailureMessage!.ShouldNotContain("s3cret-value");
    }

    [Theory]
    [InlineData("headers.*")]
    [InlineData("form..key")]
    [InlineData("{{form}}")]
    public void An_input_that_there_cannot_be_is_named(string input)
    {
        _options["CRM"] = new SecretOptions
        {
            Value = "s3cret-value",
            Hosts = "*",
            Inputs = $"headers, {input}",
        };
        new SecretsCheck([])
            .Validate(null, _options)
            .FailureMessage!.ShouldContain($"Secrets__CRM__Inputs: '{input}' is no input of a task");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<string> RevealAsync(
        string text,
        string host = "api.example.org",
        int port = 443,
        IReadOnlyList<ISecretProvider>? providers = null,
        string field = "headers.Authorization",
        bool holdsData = false
    ) =>
        new Secrets(Options.Create(_options), providers ?? [], _mask)
            .RevealAsync(text, host, port, field, CancellationToken.None, holdsData)
            .AsTask();

    private sealed class Vault(string has) : ISecretProvider
    {
        public ValueTask<string?> FindAsync(string name, CancellationToken cancellation) =>
            ValueTask.FromResult(name == has ? $"from {name}'s vault" : null);
    }

    private sealed class Short : ISecretProvider
    {
        public ValueTask<string?> FindAsync(string name, CancellationToken cancellation) =>
            ValueTask.FromResult<string?>("1234567");
    }
}
