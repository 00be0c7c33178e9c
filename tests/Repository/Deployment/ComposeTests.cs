using System.Text.RegularExpressions;
using Integration.Fixtures;

namespace Integration.Repository.Tests.Deployment;

/// <summary>What docker-compose.yml names exists in the code, and everything that can be deployed is in it.</summary>
public sealed partial class ComposeTests
{
    private static readonly ComposeFile _file = ComposeFile.Read();

    [Fact]
    public void Every_setting_exists_in_the_code_of_the_service() =>
        _file
            .Built.SelectMany(service =>
                service
                    // What has a name of its own, as tokens do, is known by the setting that holds all of them.
                    .Value.Environment.Keys.Select(key => string.Join("__", key.Split("__").Take(2)))
                    .Except(SettingsInCode.Of(ProjectOf(service.Value)))
                    .Select(setting => $"{service.Key}: {setting}")
            )
            .ShouldBeEmpty();

    [Fact]
    public void Every_service_is_told_its_broker_whom_to_trust_and_its_database() =>
        _file
            .Built.SelectMany(service =>
                new[] { "Bus__Uri", "Bus__TrustFile", "Storage__Provider", "Storage__ConnectionString" }
                    .Except(service.Value.Environment.Keys)
                    .Select(setting => $"{service.Key}: {setting}")
            )
            .ShouldBeEmpty();

    [Fact]
    public void Services_with_an_API_are_told_who_may_call()
    {
        foreach (
            var (name, service) in _file.Built.Where(service =>
                Sources(ProjectOf(service.Value)).Contains(".For(ApiRole.")
            )
        )
        {
            service.Environment.Keys.ShouldContain("Api__Tokens__administrator__Hash", name);
            service.Environment["Api__Tokens__administrator__Role"].ShouldBe("administrator", name);
            service.Environment.Keys.ShouldNotContain("Api__AllowAnonymous", name);
        }
    }

    [Fact]
    public void Ports_are_published_on_loopback_only_and_are_the_ports_that_the_code_uses()
    {
        foreach (var (name, service) in _file.Services)
        {
            foreach (var port in service.Ports.Select(port => port.Split(':')))
            {
                port.Length.ShouldBe(3, name);
                port[0].ShouldBe("127.0.0.1", name);
                port[1].ShouldBe(PortInCode(ProjectOf(service)), name);
                port[2].ShouldBe(ImageFile.Port, name);
            }
        }
    }

    [Fact]
    public void Services_carry_the_name_that_their_code_gives_them()
    {
        foreach (var (name, service) in _file.Built)
            Sources(ProjectOf(service)).ShouldContain($"ServiceDescription(\"{name}\"");
    }

    [Fact]
    public void A_service_waits_for_what_it_needs_and_what_it_waits_for_can_tell_that_it_is_ready()
    {
        foreach (var (name, service) in _file.Built)
        {
            service.DependsOn.Keys.ShouldBe(["rabbitmq", "postgres"], ignoreOrder: true, name);
            service.DependsOn.Values.ShouldAllBe(dependency => dependency.Condition == "service_healthy");
        }
        _file.Services["rabbitmq"].Healthcheck.ShouldNotBeNull();
        _file.Services["postgres"].Healthcheck.ShouldNotBeNull();
    }

    [Fact]
    public void Our_containers_have_no_more_rights_than_they_need()
    {
        foreach (var (name, service) in _file.Built)
        {
            service.CapDrop.ShouldBe(["ALL"], name);
            service.ReadOnly.ShouldBeTrue(name);
        }
    }

    [Fact]
    public void Images_of_others_have_a_version_and_files_that_are_mounted_exist()
    {
        foreach (var (name, service) in _file.Services.Where(service => service.Value.Build is null))
        {
            service.Image.ShouldNotBeNull(name);
            VersionedImage().IsMatch(service.Image).ShouldBeTrue(service.Image);
        }
        foreach (
            var source in _file
                .Services.Values.SelectMany(service => service.Volumes)
                .Select(volume => volume.Split(':')[0])
        )
        {
            if (source.StartsWith("./", StringComparison.Ordinal))
                File.Exists(RepositoryFolder.File(source[2..])).ShouldBeTrue(source);
            else
                _file.Volumes.Keys.ShouldContain(source);
        }
    }

    private static Project ProjectOf(ComposeService service) =>
        Project.All.Single(project => project.Path == service.Build!.ProjectFile);

    private static string PortInCode(Project service) =>
        PortNumber().Match(Sources(service)) is { Success: true } match
            ? match.Groups["port"].Value
            : throw new InvalidOperationException($"{service} names no port.");

    private static string Sources(Project project) =>
        string.Join(
            '\n',
            TrackedFiles
                .All.Where(file => file.StartsWith(project.Folder + "/", StringComparison.Ordinal))
                .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
                .Select(file => File.ReadAllText(RepositoryFolder.File(file)))
        );

    [GeneratedRegex(
        @"(ServiceDescription\(""[\w-]+"", |\bPort = )(?<port>\d{4,5})\b",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex PortNumber();

    [GeneratedRegex(@"^[\w./-]+:\d+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionedImage();
}
