using System.Text.Json.Nodes;
using Integration.Files.S3;
using Integration.Fixtures;
using Integration.S3.Tests;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(S3Fixture))]

namespace Integration.S3.Tests;

/// <summary>The service in its real pipeline beside a real object store; one of both for all tests.</summary>
public sealed class S3Fixture : IAsyncLifetime
{
    public const string Bucket = "documents";

    private readonly TemporaryFolder _folder = new("s3");

    public SwiftServer Swift { get; } = new();

    public ServiceHarness Service { get; private set; } = null!;

    public string FilesFolder => _folder.Combine("files");

    public async ValueTask InitializeAsync()
    {
        await Swift.InitializeAsync();
        Directory.CreateDirectory(FilesFolder);
        await File.WriteAllTextAsync(_folder.Combine("secret"), Swift.SecretKey + "\n");
        Service = await ServiceHarness.StartAsync(Configure, [.. Settings]);
        await CreateBucketAsync(Bucket);
        await CreateBucketAsync("files");
    }

    public string[] Settings =>
        [
            "--Egress:AllowLoopback=true",
            $"--Egress:TrustedAuthorities={Swift.AuthorityFile}",
            .. Store("default", Swift.Uri, Swift.AccessKey, Swift.SecretKey),
            .. Store("guest", Swift.Uri, Swift.GuestAccessKey, Swift.GuestSecretKey),
            .. Store("stranger", Swift.Uri, "test:stranger", "canary-wrong-secret"),
            .. Store("forged", Swift.Uri, Swift.AccessKey, "canary-wrong-secret"),
            $"--S3:Stores:by-file:Endpoint={Swift.Uri}",
            $"--S3:Stores:by-file:AccessKey={Swift.AccessKey}",
            $"--S3:Stores:by-file:SecretKeyFile={_folder.Combine("secret")}",
            "--Files:Stores:folder:Kind=Folder",
            "--Files:Stores:archive:Kind=Folder",
            $"--Files:Stores:archive:Path={FilesFolder}",
            $"--Files:Stores:folder:Path={FilesFolder}",
            "--Files:Stores:bucket:Kind=S3",
            "--Files:Stores:bucket:Bucket=files",
            "--Files:Stores:bucket:Prefix=kept/",
        ];

    public static void Configure(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder)
    {
        builder.AddS3();
        builder.Services.AddSingleton(TimeProvider.System);
    }

    public static IEnumerable<string> Store(string name, Uri endpoint, string accessKey, string secretKey) =>
        [
            $"--S3:Stores:{name}:Endpoint={endpoint}",
            $"--S3:Stores:{name}:AccessKey={accessKey}",
            $"--S3:Stores:{name}:SecretKey={secretKey}",
        ];

    public Task<TaskAnswer> CallAsync(string verb, object inputs) => Service.RunAsync($"s3.{verb}", inputs);

    /// <summary>Inputs as JSON.</summary>
    public Task<TaskAnswer> CallAsync(string verb, string json) => CallAsync(verb, (object)JsonNode.Parse(json)!);

    public async Task CreateBucketAsync(string bucket) =>
        await Service
            .Services.GetRequiredService<ObjectStores>()
            .Get("default")
            .CallAsync(
                "create-bucket",
                new ObjectPlace(bucket),
                (s3, token) => s3.PutBucketAsync(bucket, token),
                CancellationToken.None
            );

    public async ValueTask DisposeAsync()
    {
        if (Service is not null)
            await Service.DisposeAsync();
        await Swift.DisposeAsync();
        _folder.Dispose();
    }
}
