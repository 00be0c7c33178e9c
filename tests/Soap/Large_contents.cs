using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;
using Integration.Soap.Call;
using Integration.Soap.Tests.Wsdl;

namespace Integration.Soap.Tests;

public sealed class Large_contents(SoapFixture soap)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    [InlineData(3_000_001)]
    public async Task A_file_goes_to_spyne_as_base64(int size)
    {
        var file = await FileAsync($"up-{size}", size);
        var result = await soap.CallAsync(
            new
            {
                service = "documents",
                operation = "Measure",
                input = new { content = file },
            }
        );
        result.Outputs<CallOutput>().Result!.Value.GetProperty("MeasureResult").GetInt64().ShouldBe(size);
    }

    [Fact]
    public async Task Large_content_of_an_answer_becomes_a_file()
    {
        const int size = 3_000_001;
        var answer = await soap.CallAsync(
            $$"""{"service":"documents","operation":"Fill","input":{"size":{{size}}},"fileStore":"folder"}"""
        );
        var file = answer.Outputs<CallOutput>().Result!.Value.GetProperty("FillResult").GetProperty("$file");
        file.GetProperty("size").GetInt64().ShouldBe(size);
        file.GetProperty("store").GetString().ShouldBe("folder");
        var content = await File.ReadAllBytesAsync(
            Path.Combine(soap.FilesFolder, file.GetProperty("key").GetString()!)
        );
        content.Length.ShouldBe(size);
        content.ShouldAllBe(one => one == (byte)'x');
    }

    [Fact]
    public async Task Content_in_hexadecimal_digits_that_becomes_files_does_not_count()
    {
        var answer =
            $"<m xmlns='urn:t'>{string.Concat(Enumerable.Repeat($"<h>{new string('a', 200_000)}</h>", 9))}</m>";
        await using var target = await HttpTarget.StartAsync(context =>
            Answers.WriteAsync(context, Answers.Envelope(answer))
        );
        using var folder = new TemporaryFolder();
        var wsdl = folder.Combine("a.wsdl");
        await File.WriteAllTextAsync(
            wsdl,
            WsdlText.Document(
                WsdlText.Message(
                    """<xs:sequence><xs:element name="h" type="xs:hexBinary" minOccurs="0" maxOccurs="9"/></xs:sequence>"""
                )
            )
        );
        await using var service = await Integration.Testing.ServiceHarness.StartAsync(
            SoapFixture.Configure,
            [.. soap.Settings, .. SoapFixture.Of("target", wsdl, $"Address={target.Uri}")]
        );
        var done = await service.RunAsync(
            "soap.call",
            new
            {
                service = "target",
                operation = "send",
                fileStore = "folder",
            }
        );
        done.Outputs<CallOutput>().Result!.Value.GetProperty("h").GetArrayLength().ShouldBe(9);
    }

    [Fact]
    public async Task Small_content_stays_in_the_answer()
    {
        var answer = await soap.CallAsync(
            """{"service":"documents","operation":"Fill","input":{"size":1000},"fileStore":"folder"}"""
        );
        Convert
            .FromBase64String(answer.Outputs<CallOutput>().Result!.Value.GetProperty("FillResult").GetString()!)
            .Length.ShouldBe(1000);
    }

    [Fact]
    public async Task Without_a_file_store_large_content_is_too_large()
    {
        var error = await soap.ErrorAsync("""{"service":"documents","operation":"Fill","input":{"size":1000000}}""");
        $"{error}".ShouldContain("196608 bytes");
    }

    [Fact]
    public async Task A_file_that_was_changed_is_not_sent_as_a_whole()
    {
        var file = await FileAsync("changed", 2_000_000);
        await using (var stream = File.OpenWrite(Path.Combine(soap.FilesFolder, file.Key)))
            stream.WriteByte(1);
        await using var target = TcpTarget.Start(async conversation => await conversation.ReadRestAsync());
        await using var service = await Integration.Testing.ServiceHarness.StartAsync(
            SoapFixture.Configure,
            [.. soap.Settings, .. SoapFixture.Of("target", $"{soap.Servers.Spyne}?wsdl", $"Address={target.Uri}")]
        );
        var answer = await service.RunAsync(
            "soap.call",
            new
            {
                service = "target",
                operation = "Measure",
                input = new { content = file },
            }
        );
        answer.Errored.ShouldNotBeNull().Error.Message.ShouldContain("has the SHA-256");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_and_nothing_is_in_doubt()
    {
        var file = new FileReference("folder", "gone", 5, new string('0', 64));
        var answer = await soap.CallAsync(
            new
            {
                service = "documents",
                operation = "Measure",
                input = new { content = file },
            }
        );
        var error = answer.Errored.ShouldNotBeNull(JsonSerializer.Serialize(answer.Completed)).Error;
        error.Code.ShouldBe("file-not-found");
        error.Category.ShouldBe(ErrorCategory.Data);
    }

    private async Task<FileReference> FileAsync(string name, int size)
    {
        var content = new byte[size];
        Random.Shared.NextBytes(content);
        await File.WriteAllBytesAsync(Path.Combine(soap.FilesFolder, name), content);
        return new FileReference("folder", name, size, Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}
