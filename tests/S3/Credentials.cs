using Integration.Fixtures;
using Integration.Testing;

namespace Integration.S3.Tests;

/// <summary>Credentials that are not in the settings, tried in processes with an environment of their own.</summary>
public sealed class Credentials(S3Fixture s3)
{
    [Theory]
    [InlineData("Environment")]
    [InlineData("Default")]
    public async Task They_come_from_the_environment_or_the_chain_of_amazons_tools(string source)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ACCESS_KEY_ID"] = s3.Swift.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = s3.Swift.SecretKey,
        };
        var (code, log) = await ListAsync(source, environment);
        code.ShouldBe(0, log);
    }

    [Theory]
    [InlineData("Environment")]
    [InlineData("Default")]
    public async Task Where_there_are_none_this_is_told(string source)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["HOME"] = "/nonexistent",
        };
        var (code, log) = await ListAsync(source, environment);
        code.ShouldBe(1, log);
        log.ShouldContain("\"category\": \"access\"");
        log.ShouldContain("\"code\": \"no-credentials\"");
    }

    [Fact]
    public async Task A_store_that_is_open_to_all_is_called_without_any()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "public");
        await using var service = await ServiceHarness.StartAsync(
            S3Fixture.Configure,
            "--Egress:AllowLoopback=true",
            $"--S3:Stores:default:Endpoint={target.Uri}",
            "--S3:Stores:default:Credentials=None"
        );
        var answer = await service.RunAsync("s3.get-object", new { bucket = "b-1", key = "k" });
        answer.Completed.ShouldNotBeNull(answer.Error);
        target.Requests.ShouldHaveSingleItem().Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task Those_in_files_are_read_anew_for_each_request()
    {
        using var folder = new TemporaryFolder("credentials");
        var file = folder.Combine("access-key");
        await File.WriteAllTextAsync(file, "first\n");
        await using var target = await HttpTarget.AnsweringAsync(200, "x");
        await using var service = await ServiceHarness.StartAsync(
            S3Fixture.Configure,
            "--Egress:AllowLoopback=true",
            $"--S3:Stores:default:Endpoint={target.Uri}",
            $"--S3:Stores:default:AccessKeyFile={file}",
            "--S3:Stores:default:SecretKey=canary-secret"
        );
        object inputs = new { bucket = "b-1", key = "k" };
        await service.RunAsync("s3.get-object", inputs);
        await File.WriteAllTextAsync(file, "second");
        await service.RunAsync("s3.get-object", inputs);
        target
            .Requests.Select(request => request.Headers["Authorization"].Split('=', '/')[1])
            .ShouldBe(["first", "second"]);

        File.Delete(file);
        var error = (await service.RunAsync("s3.get-object", inputs)).Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(Integration.Contracts.ErrorCategory.Access);
        error.Code.ShouldBe("credentials-unreadable");
    }

    private async Task<(int Code, string Log)> ListAsync(string source, Dictionary<string, string> environment)
    {
        string[] settings =
        [
            "--Egress:AllowLoopback=true",
            $"--Egress:TrustedAuthorities={s3.Swift.AuthorityFile}",
            $"--S3:Stores:default:Endpoint={s3.Swift.Uri}",
            $"--S3:Stores:default:Credentials={source}",
        ];
        await using var process = TriedService.Launch(
            "S3",
            settings,
            "s3.list-objects",
            new { bucket = S3Fixture.Bucket },
            environment
        );
        var code = await process.Ended.WaitAsync(Eventually.Patience);
        return (code, process.Log);
    }
}
