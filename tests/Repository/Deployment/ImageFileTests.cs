using System.Text.Json;
using Integration.Fixtures;

namespace Integration.Repository.Tests.Deployment;

/// <summary>The Dockerfile fits every service.</summary>
public sealed class ImageFileTests
{
    [Fact]
    public void It_builds_and_runs_on_the_version_of_dotnet_that_the_code_is_for()
    {
        var framework = File.ReadAllText(RepositoryFolder.File("Directory.Build.props"));

        var runtime = ImageFile
            .Instructions.First(line => line.Text.StartsWith("RUNTIME=", StringComparison.Ordinal))
            .Text;
        foreach (var (_, image) in ImageFile.Instructions.Where(line => line.Instruction == "FROM"))
        {
            var version = (image == "${RUNTIME}" ? runtime : image).Split(' ')[0].Split(':')[1];
            framework.ShouldContain($"<TargetFramework>net{version}</TargetFramework>");
        }
    }

    [Fact]
    public void Everything_that_a_service_is_built_from_is_copied()
    {
        var copied = ImageFile
            .Instructions.Where(line =>
                line.Instruction == "COPY" && !line.Text.StartsWith("--", StringComparison.Ordinal)
            )
            .SelectMany(line => line.Text.Split(' ')[..^1])
            .ToList();
        var let = File.ReadAllLines(RepositoryFolder.File(".dockerignore"));

        foreach (var path in copied)
        {
            Path.Exists(RepositoryFolder.File(path)).ShouldBeTrue(path);
            let.ShouldContain("!" + path.TrimEnd('/'));
        }
        Project
            .All.Where(project => project.IsService)
            .SelectMany(project => project.Closure.Append(project))
            .ShouldAllBe(project => copied.Any(path => project.Path.StartsWith(path, StringComparison.Ordinal)));
        copied.ShouldContain("Directory.Packages.props");
    }

    [Fact]
    public void It_does_not_run_as_root()
    {
        var user = ImageFile.Final.ToList().FindIndex(line => line is { Instruction: "USER", Text: "$APP_UID" });
        var start = ImageFile.Final.ToList().FindIndex(line => line.Instruction == "ENTRYPOINT");

        user.ShouldBeInRange(0, start);
    }

    [Fact]
    public void Its_health_check_is_the_programs_own()
    {
        var check = ImageFile.Of("HEALTHCHECK");
        var command = JsonSerializer.Deserialize<string[]>(check[check.IndexOf('[', StringComparison.Ordinal)..])!;
        var entry = JsonSerializer.Deserialize<string[]>(ImageFile.Of("ENTRYPOINT"))!;

        command[0].ShouldBe(entry.ShouldHaveSingleItem());
        File.ReadAllText(RepositoryFolder.File("shared/Hosting/IntegrationHost.cs"))
            .ShouldContain($"HealthCheckArgument = \"{command[1]}\"");
    }

    [Fact]
    public void It_listens_where_it_says() =>
        ImageFile.Of("ENV").ShouldBe($"ASPNETCORE_URLS=http://+:{ImageFile.Port}");
}
