using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Integration.Fixtures;

namespace Integration.Ldap.Tests;

/// <summary>The service as a process of its own, and the most memory that it has ever had.</summary>
public sealed class Memory(ITestOutputHelper output) : IDisposable
{
    private const int PageSize = 500;

    private readonly TemporaryFolder _folder = new("memory");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sixty_megabytes_of_entries_in_a_file_add_less_than_30_MB()
    {
        var small = await PeakAsync(pages: 1);
        var large = await PeakAsync(pages: 60);
        output.WriteLine($"peak: {small} MB with 1 MB of entries, {large} MB with 60 MB");
        (large - small).ShouldBeLessThan(30);
        new DirectoryInfo(_folder.Path)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Max(file => file.Length)
            .ShouldBeGreaterThan(60_000_000);
    }

    private async Task<long> PeakAsync(int pages)
    {
        var page = 0;
        await using var directory = LdapDouble.Start(
            (tag, id) => tag == LdapDouble.SearchRequest ? Page(id, ++page < pages) : null,
            tls: false
        );
        await using var process = ServiceProcess.Launch(
            "Ldap",
            new Dictionary<string, string>
            {
                ["Egress__AllowLoopback"] = "true",
                ["Ldap__Servers__default__Uri"] = $"ldap://localhost:{directory.Port}",
                ["Ldap__Servers__default__StartTls"] = "Off",
                ["Files__Stores__documents__Kind"] = "Folder",
                ["Files__Stores__documents__Path"] = _folder.Path,
            },
            null,
            "--try",
            "ldap.search",
            JsonSerializer.Serialize(new { fileStore = "documents", timeLimit = 240 })
        );
        long peak = 0;
        while (!process.Ended.IsCompleted)
        {
            peak = Math.Max(peak, Peak(process.Id));
            await Task.Delay(10);
        }

        (await process.Ended).ShouldBe(0, process.Log);
        process.Log.ShouldContain($"\"count\": {pages * PageSize}");
        peak.ShouldBeGreaterThan(0);
        return peak / 1024;
    }

    /// <summary>A page of entries with two kilobytes each.</summary>
    private static byte[] Page(int id, bool more)
    {
        var value = Encoding.ASCII.GetBytes(new string('x', 2_000));
        var writer = new AsnWriter(AsnEncodingRules.BER);
        for (var i = 0; i < PageSize; i++)
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(id);
                using (writer.PushSequence(new Asn1Tag(TagClass.Application, LdapDouble.SearchEntry, true)))
                {
                    writer.WriteOctetString(Encoding.ASCII.GetBytes($"uid=u{i},dc=example,dc=org"));
                    using (writer.PushSequence())
                    using (writer.PushSequence())
                    {
                        writer.WriteOctetString("description"u8);
                        using (writer.PushSetOf())
                            writer.WriteOctetString(value);
                    }
                }
            }
        }

        return [.. writer.Encode(), .. LdapDouble.PageEnd(id, more)];
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
