using System.Security.Cryptography;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Mail.Tests;

/// <summary>The service as a process of its own, and the most memory that it has ever had.</summary>
public sealed class Memory(ITestOutputHelper output) : IAsyncLifetime
{
    private const long Size = 200L * 1024 * 1024;

    private readonly MailServer _server = new() { SizeLimit = "400M" };
    private readonly TemporaryFolder _folder = new("memory");

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_attachment_of_200_MB_adds_less_than_40_MB()
    {
        var small = await PeakAsync(1_000);
        var large = await PeakAsync(Size);
        output.WriteLine($"peak: {small} MB with 1 kB, {large} MB with an attachment of 200 MB");
        (large - small).ShouldBeLessThan(40);
        (await _server.MailAsync($"box-{Size}")).LongLength.ShouldBeGreaterThan(Size * 4 / 3);
    }

    private async Task<long> PeakAsync(long size)
    {
        var hash = await FileAsync(size);
        return await TriedService.PeakAsync(
            "Mail",
            [
                "--Egress:AllowLoopback=true",
                $"--Egress:TrustedAuthorities={_server.Authority}",
                "--Files:Stores:folder:Kind=Folder",
                $"--Files:Stores:folder:Path={_folder.Path}",
                $"--Mail:MaxMessageBytes={Size * 2}",
                .. MailFixture.Account(
                    "default",
                    ("Port", $"{_server.Port}"),
                    ("User", _server.User),
                    ("Password", _server.Password)
                ),
            ],
            "mail.send",
            new
            {
                to = new[] { $"box-{size}@example.org" },
                subject = "x",
                text = "x",
                attachments = new[] { new { file = new FileReference("folder", $"{size}", size, hash) } },
            }
        );
    }

    private async Task<string> FileAsync(long size)
    {
        await using var file = File.Create(_folder.Combine($"{size}"));
        file.SetLength(size);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
    }
}
