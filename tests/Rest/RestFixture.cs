using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Files;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Rest.Tests;

/// <summary>The service in its real pipeline, on the clock of the system: its targets are real, and so are timeouts.</summary>
public sealed class RestFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("rest");

    /// <summary>The folder of the file store <c>documents</c>.</summary>
    public string Documents => _folder.Path;

    public ServiceHarness Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Service = await ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddRest();
                builder.Services.AddSingleton(TimeProvider.System);
            },
            "--Egress:AllowLoopback=true",
            "--Files:Stores:documents:Kind=Folder",
            $"--Files:Stores:documents:Path={Documents}",
            "--Rest:RetryDelay=00:00:00.02"
        );

    public Task<TaskAnswer> CallAsync(object inputs) => Service.RunAsync("rest.request", inputs);

    /// <summary>Inputs as JSON, with the address of a target put into them.</summary>
    public Task<TaskAnswer> CallAsync(string json, Uri? url = null)
    {
        var inputs = JsonNode.Parse(json)!.AsObject();
        if (url is not null)
            inputs["url"] = url.ToString();
        return CallAsync((object)inputs);
    }

    /// <summary>A file in the store, and the reference to it.</summary>
    public async Task<FileReference> SaveAsync(
        string key,
        byte[] content,
        string? name = null,
        string? contentType = null
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Documents, key))!);
        await File.WriteAllBytesAsync(Path.Combine(Documents, key), content);
        return new FileReference("documents", key, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)))
        {
            Name = name,
            ContentType = contentType,
        };
    }

    /// <summary>The content that a reference into the store means.</summary>
    public async Task<byte[]> ReadAsync(FileReference file)
    {
        await using var content = await Service
            .Services.GetRequiredService<IFileStores>()
            .OpenReadAsync(file, CancellationToken.None);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>How many files the store has, unfinished ones included.</summary>
    public int Files => Directory.EnumerateFiles(Documents, "*", SearchOption.AllDirectories).Count();

    public async ValueTask DisposeAsync()
    {
        if (Service is not null)
            await Service.DisposeAsync();
        _folder.Dispose();
    }
}
