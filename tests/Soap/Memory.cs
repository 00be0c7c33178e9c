using System.Globalization;
using System.Security.Cryptography;
using Integration.Contracts;
using Integration.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Integration.Soap.Tests;

/// <summary>The service as a process of its own, and the most memory that it has ever had.</summary>
public sealed class Memory(SoapFixture soap, ITestOutputHelper output) : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private const long Size = 200L * Megabyte;
    private const string Start =
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><d:FillResponse xmlns:d=\"urn:documents\"><d:FillResult>";
    private const string End = "</d:FillResult></d:FillResponse></s:Body></s:Envelope>";

    private readonly TemporaryFolder _folder = new("memory");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_200_MB_adds_less_than_40_MB_in_both_directions()
    {
        await using var target = await StartAsync();
        var address = target.Urls.Single();
        var small = await PeakAsync(address, "Measure", await ContentAsync("small", 1_000));
        var sent = await PeakAsync(address, "Measure", await ContentAsync("large", Size));
        var taken = await PeakAsync(address, "Fill", new { size = Size });

        output.WriteLine($"peak: {small} MB with 1 kB, {sent} MB after 200 MB sent, {taken} MB after 200 MB taken");
        (sent - small).ShouldBeLessThan(40);
        (taken - small).ShouldBeLessThan(40);
        Directory
            .EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Count(file => new FileInfo(file).Length == Size)
            .ShouldBe(2);
    }

    // A real SOAP server would hold it in memory.
    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return app;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var received = await CountAsync(context);
        context.Response.ContentType = "text/xml; charset=utf-8";
        if (
            received > 1_000
            || !context.Request.Headers["SOAPAction"].ToString().Contains("Fill", StringComparison.Ordinal)
        )
        {
            await context.Response.WriteAsync(
                $"<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><d:MeasureResponse xmlns:d=\"urn:documents\"><d:MeasureResult>{received}</d:MeasureResult></d:MeasureResponse></s:Body></s:Envelope>"
            );
            return;
        }

        await context.Response.WriteAsync(Start);
        // Base64 of zeros; 3 bytes become 4 letters.
        var block = new byte[64 * 1024];
        Array.Fill(block, (byte)'A');
        for (var left = (Size + 2) / 3 * 4 - 4; left > 0; left -= block.Length)
            await context.Response.Body.WriteAsync(block.AsMemory(0, (int)Math.Min(left, block.Length)));
        await context.Response.WriteAsync(
            (Size % 3) switch
            {
                1 => "AA==",
                2 => "AAA=",
                _ => "AAAA",
            }
        );
        await context.Response.WriteAsync(End);
    }

    private static async Task<long> CountAsync(HttpContext context)
    {
        var count = 0L;
        while (true)
        {
            var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            count += read.Buffer.Length;
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return count;
        }
    }

    private async Task<object> ContentAsync(string name, long size)
    {
        string hash;
        await using (var file = File.Create(_folder.Combine(name)))
        {
            file.SetLength(size);
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
        }

        return new { content = new FileReference("folder", name, size, hash) };
    }

    private async Task<long> PeakAsync(string address, string operation, object input)
    {
        await using var process = TriedService.Launch(
            [
                .. soap.Settings,
                $"--Files:Stores:folder:Path={_folder.Path}",
                .. SoapFixture.Of("target", $"{soap.Servers.Spyne}?wsdl", $"Address={address}"),
            ],
            "soap.call",
            new
            {
                service = "target",
                operation,
                input,
                fileStore = "folder",
            }
        );
        long peak = 0;
        while (!process.Ended.IsCompleted)
        {
            peak = Math.Max(peak, Peak(process.Id));
            await Task.Delay(10);
        }

        (await process.Ended).ShouldBe(0, process.Log);
        peak.ShouldBeGreaterThan(0);
        return peak / 1024;
    }

    // In kB; 0 when the process has just ended.
    private static long Peak(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status")
                .FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(
                    line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
                    CultureInfo.InvariantCulture
                );
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
