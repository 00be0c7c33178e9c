using System.Text;
using Integration.Contracts;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Files.Tests;

public sealed class Settings
{
    [Fact]
    public async Task Stores_are_configured_by_name()
    {
        using var folder = new TemporaryFolder("files");
        await using var service = await StartAsync(
            "--Files:Stores:documents:Kind=Folder",
            $"--Files:Stores:documents:Path={folder.Path}"
        );
        var stores = service.Services.GetRequiredService<IFileStores>();
        var content = new MemoryStream(Encoding.UTF8.GetBytes("hello"));
        var reference = await stores.SaveAsync("documents", content, null, null, CancellationToken.None);
        File.ReadAllText(Path.Combine(folder.Path, reference.Key)).ShouldBe("hello");
    }

    [Fact]
    public async Task None_need_be_configured()
    {
        await using var service = await StartAsync();
        var reference = new FileReference("documents", "k", 1, new string('0', 64));
        var error = await Should.ThrowAsync<DataErrorException>(() =>
            service.Services.GetRequiredService<IFileStores>().OpenReadAsync(reference, CancellationToken.None)
        );
        error.Message.ShouldContain("It has none at all");
        error.Message.ShouldContain("Files__Stores__documents__Kind");
    }

    [Theory]
    [InlineData("Kind=Tape", "Files__Stores__documents__Kind: 'Tape' is no kind of store")]
    [InlineData("Path=/tmp", "Files__Stores__documents__Kind: '' is no kind of store")]
    [InlineData("Kind=Folder", "Files__Stores__documents__Path: '' is no absolute path")]
    [InlineData("Kind=Folder Path=data", "Files__Stores__documents__Path: 'data' is no absolute path")]
    [InlineData("Kind=Folder Path=/no/such/folder", "Files__Stores__documents__Path: there is no folder")]
    public async Task A_wrong_store_ends_the_start_and_says_which_setting(string settings, string problem)
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() =>
            StartAsync([.. settings.Split(' ').Select(setting => $"--Files:Stores:documents:{setting}")])
        );
        error.Message.ShouldContain(problem);
    }

    [Fact]
    public async Task A_wrong_limit_ends_the_start_too()
    {
        var error = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync("--Files:MaxBytes=0"));
        error.Message.ShouldContain("Files__MaxBytes must be 1 or more.");
    }

    private static Task<ServiceHarness> StartAsync(params string[] settings) =>
        ServiceHarness.StartAsync(builder => builder.AddFiles(), settings);
}
