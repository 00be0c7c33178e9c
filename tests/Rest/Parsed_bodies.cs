using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Rest.Request;

namespace Integration.Rest.Tests;

/// <summary>What PHP and Python understand of the bodies that are sent.</summary>
public sealed class Parsed_bodies(RestFixture rest) : IClassFixture<RestFixture>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("served");
    private ScriptServer _php = null!;
    private ScriptServer _python = null!;

    public async ValueTask InitializeAsync()
    {
        _php = await ScriptServer.PhpAsync("tests/Rest/Servers/parser.php");
        _python = await ScriptServer.PythonAsync("tests/Rest/Servers/parser.py", _folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _php.DisposeAsync();
        await _python.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_form_is_understood_with_repetitions_signs_and_letters_of_any_kind()
    {
        var inputs = """
            {"method":"POST","form":{"name":"Ada & Söhne = 100 % +/~*","empty":"","n":1.50,"yes":true,"none":null,"tag":["a b","ü"],"a[k]":"v"}}
            """;
        var fields = (await SendAsync(_python, inputs))["fields"]!;
        fields["name"]![0]!.GetValue<string>().ShouldBe("Ada & Söhne = 100 % +/~*");
        fields["empty"]![0]!.GetValue<string>().ShouldBe("");
        fields["n"]![0]!.GetValue<string>().ShouldBe("1.50");
        fields["yes"]![0]!.GetValue<string>().ShouldBe("true");
        fields["tag"]!.AsArray().Select(tag => tag!.GetValue<string>()).ShouldBe(["a b", "ü"]);
        fields["none"].ShouldBeNull();

        fields = (await SendAsync(_php, inputs))["fields"]!;
        fields["name"]!.GetValue<string>().ShouldBe("Ada & Söhne = 100 % +/~*");
        fields["tag"]!.GetValue<string>().ShouldBe("ü");
        fields["a"]!["k"]!.GetValue<string>().ShouldBe("v");
    }

    [Fact]
    public async Task A_multipart_body_is_understood_with_values_JSON_bytes_and_files_and_names_of_any_kind()
    {
        var content = RandomNumberGenerator.GetBytes(300_000);
        var file = await rest.SaveAsync("parts/übersicht.pdf", content, "Übersicht \"2026\".pdf", "application/pdf");
        var bytes = RandomNumberGenerator.GetBytes(100);
        var parts = new JsonArray(
            new JsonObject { ["name"] = "größe", ["value"] = "São\r\nPaulo" },
            new JsonObject { ["name"] = "count", ["value"] = 17 },
            new JsonObject { ["name"] = "order", ["json"] = JsonNode.Parse("""{"a":["é"]}""") },
            new JsonObject
            {
                ["name"] = "bytes",
                ["base64"] = Convert.ToBase64String(bytes),
                ["fileName"] = "b.bin",
            },
            new JsonObject { ["name"] = "document", ["file"] = JsonSerializer.SerializeToNode(file) }
        );
        var inputs = new JsonObject { ["method"] = "POST", ["multipart"] = parts }.ToJsonString();

        var found = (await SendAsync(_python, inputs))["parts"]!.AsArray();
        found
            .Select(part => part!["name"]!.GetValue<string>())
            .ShouldBe(["größe", "count", "order", "bytes", "document"]);
        found[0]!["text"]!.GetValue<string>().ShouldBe("São\r\nPaulo");
        found[0]!["type"].ShouldBeNull();
        found[1]!["text"]!.GetValue<string>().ShouldBe("17");
        found[2]!["type"]!.GetValue<string>().ShouldBe("application/json");
        found[2]!["text"]!.GetValue<string>().ShouldBe("""{"a":["é"]}""");
        found[3]!["sha256"]!.GetValue<string>().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        found[3]!["type"]!.GetValue<string>().ShouldBe("application/octet-stream");
        found[4]!["sha256"]!.GetValue<string>().ShouldBe(file.Sha256);
        found[4]!["type"]!.GetValue<string>().ShouldBe("application/pdf");
        found[4]!["fileName"]!.GetValue<string>().ShouldBe("Übersicht %222026%22.pdf");

        var understood = await SendAsync(_php, inputs);
        understood["fields"]!["größe"]!.GetValue<string>().ShouldBe("São\r\nPaulo");
        understood["fields"]!["count"]!.GetValue<string>().ShouldBe("17");
        understood["fields"]!["order"]!.GetValue<string>().ShouldBe("""{"a":["é"]}""");
        var files = understood["files"]!.AsArray().ToDictionary(one => one!["field"]!.GetValue<string>());
        files["bytes"]!["name"]!.GetValue<string>().ShouldBe("b.bin");
        files["document"]!["sha256"]!.GetValue<string>().ShouldBe(file.Sha256);
        files["document"]!["size"]!.GetValue<long>().ShouldBe(file.Size);
    }

    [Fact]
    public async Task A_multipart_body_without_files_is_understood_too()
    {
        var inputs = """{"method":"POST","multipart":[{"name":"a","value":"x"},{"name":"a","value":true}]}""";
        var found = (await SendAsync(_python, inputs))["parts"]!.AsArray();
        found.Select(part => part!["text"]!.GetValue<string>()).ShouldBe(["x", "true"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task A_file_is_the_body_byte_by_byte_with_its_media_type(int size)
    {
        var file = await rest.SaveAsync($"bodies/{size}", RandomNumberGenerator.GetBytes(size), null, "image/png");
        var found = await SendAsync(_python, Put(file, "{}"));
        found["sha256"]!.GetValue<string>().ShouldBe(file.Sha256);
        found["size"]!.GetValue<long>().ShouldBe(size);
        found["contentType"]!.GetValue<string>().ShouldBe("image/png");
        found = await SendAsync(_python, Put(file, """{"Content-Type":"application/x-own"}"""));
        found["contentType"]!.GetValue<string>().ShouldBe("application/x-own");
    }

    [Fact]
    public async Task Bytes_are_the_body_as_they_are()
    {
        var bytes = Encoding.Latin1.GetBytes("\0\r\n\xff");
        var found = await SendAsync(_python, $$"""{"method":"POST","base64":"{{Convert.ToBase64String(bytes)}}"}""");
        found["sha256"]!.GetValue<string>().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        found["contentType"]!.GetValue<string>().ShouldBe("application/octet-stream");
    }

    private static string Put(FileReference file, string headers) =>
        $$"""{"method":"PUT","headers":{{headers}},"file":{{JsonSerializer.Serialize(file)}}}""";

    private async Task<JsonNode> SendAsync(ScriptServer server, string inputs)
    {
        var answer = await rest.CallAsync(inputs, server.Uri);
        answer.Completed.ShouldNotBeNull(answer.Error);
        return JsonNode.Parse(answer.Outputs<RequestOperation.Output>().Body!.Value.GetRawText())!;
    }
}
