using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Rest.Tests;

/// <summary>The service as a process of its own, and the most memory that it has ever had.</summary>
public sealed class Memory(ITestOutputHelper output) : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private const long Size = 200L * Megabyte;

    private readonly TemporaryFolder _folder = new("memory");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_200_MB_adds_less_than_40_MB_in_both_directions()
    {
        await using var server = await ScriptServer.PythonAsync("tests/Rest/Servers/parser.py", _folder.Path);
        var (small, large) = (await FileAsync("small", 1_000), await FileAsync("large", Size));
        var least = await PeakAsync(Put(server, small));
        var put = await PeakAsync(Put(server, large));
        var post = await PeakAsync(
            new
            {
                url = server.Uri,
                method = "POST",
                multipart = new object[]
                {
                    new { name = "n", value = "v" },
                    new { name = "f", file = Reference(large) },
                },
            }
        );
        var get = await PeakAsync(
            new
            {
                url = new Uri(server.Uri, "large"),
                answer = new { store = "folder" },
                timeouts = new { transfer = 200 },
            }
        );

        output.WriteLine($"peak: {least} MB with 1 kB; with 200 MB: {put} MB put, {post} MB as a part, {get} MB get");
        (put - least).ShouldBeLessThan(40);
        (post - least).ShouldBeLessThan(40);
        (get - least).ShouldBeLessThan(40);
        Directory
            .EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Count(file => new FileInfo(file).Length == Size)
            .ShouldBe(2);
    }

    private static object Put(ScriptServer server, FileReference file) =>
        new
        {
            url = server.Uri,
            method = "PUT",
            file = Reference(file),
        };

    private static JsonElement Reference(FileReference file) => JsonSerializer.SerializeToElement(file);

    private async Task<FileReference> FileAsync(string name, long size)
    {
        await using var file = File.Create(_folder.Combine(name));
        file.SetLength(size);
        return new FileReference("folder", name, size, Convert.ToHexStringLower(await SHA256.HashDataAsync(file)));
    }

    private Task<long> PeakAsync(object inputs) =>
        TriedService.PeakAsync(
            "Rest",
            [
                "--Egress:AllowLoopback=true",
                "--Files:Stores:folder:Kind=Folder",
                $"--Files:Stores:folder:Path={_folder.Path}",
            ],
            "rest.request",
            inputs
        );
}
