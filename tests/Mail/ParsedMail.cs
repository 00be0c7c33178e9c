using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Fixtures;

namespace Integration.Mail.Tests;

/// <summary>A mail as an independent program reads it.</summary>
internal sealed record ParsedMail(
    string[][] Headers,
    string[] Defects,
    ParsedMail.Address[] From,
    ParsedMail.Address[] To,
    ParsedMail.Address[] Cc,
    ParsedMail.Address[] ReplyTo,
    ParsedMail.Part Body
)
{
    public string? this[string name] =>
        Headers.SingleOrDefault(header => header[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];

    public static async Task<ParsedMail> ReadAsync(byte[] mail)
    {
        var start = new ProcessStartInfo("python3", [RepositoryFolder.File("tests/Mail/parse.py")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var python = Process.Start(start)!;
        var output = python.StandardOutput.ReadToEndAsync();
        var errors = python.StandardError.ReadToEndAsync();
        await python.StandardInput.BaseStream.WriteAsync(mail);
        python.StandardInput.Close();
        await python.WaitForExitAsync();
        python.ExitCode.ShouldBe(0, await errors);
        var parsed = JsonSerializer.Deserialize<ParsedMail>(await output, JsonSerializerOptions.Web)!;
        parsed.Defects.ShouldBeEmpty();
        parsed.Body.All.SelectMany(part => part.Defects).ShouldBeEmpty();
        return parsed;
    }

    internal sealed record Address(string Name, [property: JsonPropertyName("address")] string Value);

    internal sealed record Part(
        string Type,
        string? Charset,
        string Encoding,
        string? Disposition,
        string? Name,
        string? ContentId,
        byte[]? Content,
        string[] Defects,
        Part[] Parts
    )
    {
        public IEnumerable<Part> All => [this, .. Parts.SelectMany(part => part.All)];

        public string Text => System.Text.Encoding.UTF8.GetString(Content!);
    }
}
