using System.Security.Cryptography;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.S3.Tests;

/// <summary>The service as a process of its own, and the most memory that it has ever had.</summary>
public sealed class Memory(S3Fixture s3, ITestOutputHelper output) : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private const long Size = 200L * Megabyte;

    private readonly TemporaryFolder _folder = new("memory");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_200_MB_adds_less_than_40_MB_in_both_directions()
    {
        var small = await PeakAsync("s3.put-object", Put("small", await FileAsync("small", 1_000)));
        var put = await PeakAsync("s3.put-object", Put("large", await FileAsync("large", Size)));
        var get = await PeakAsync(
            "s3.get-object",
            new
            {
                bucket = S3Fixture.Bucket,
                key = "memory/large",
                fileStore = "folder",
            }
        );

        output.WriteLine($"peak: {small} MB with 1 kB, {put} MB after put, {get} MB after get of 200 MB");
        (put - small).ShouldBeLessThan(40);
        (get - small).ShouldBeLessThan(40);
        Directory
            .EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Count(file => new FileInfo(file).Length == Size)
            .ShouldBe(2);
    }

    private static object Put(string key, FileReference file) =>
        new
        {
            bucket = S3Fixture.Bucket,
            key = $"memory/{key}",
            file = JsonSerializer.SerializeToElement(file),
        };

    private async Task<FileReference> FileAsync(string name, long size)
    {
        await using var file = File.Create(_folder.Combine(name));
        file.SetLength(size);
        return new FileReference("folder", name, size, Convert.ToHexStringLower(await SHA256.HashDataAsync(file)));
    }

    private Task<long> PeakAsync(string operation, object inputs) =>
        TriedService.PeakAsync("S3", [.. s3.Settings, $"--Files:Stores:folder:Path={_folder.Path}"], operation, inputs);
}
