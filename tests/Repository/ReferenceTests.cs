namespace Integration.Repository.Tests;

/// <summary>Who may know whom at build time. The rules stand in the architecture; here they are enforced.</summary>
public sealed class ReferenceTests
{
    private const string Adapter = "shared/Bus.MassTransit/Integration.Bus.MassTransit.csproj";
    private const string Benchmarks = "tests/Benchmarks/Integration.Benchmarks.csproj";

    [Fact]
    public void There_are_projects_to_judge()
    {
        Project.All.Count(project => project.IsShared).ShouldBeGreaterThan(5);
        Project.All.Count(project => project.IsService).ShouldBeGreaterThan(2);
        Project.All.SelectMany(project => project.References).ShouldNotBeEmpty();
    }

    [Fact]
    public void Contracts_reference_nothing_of_ours() => Named("Integration.Contracts").References.ShouldBeEmpty();

    [Fact]
    public void Storage_references_nothing_of_ours() => Named("Integration.Storage").References.ShouldBeEmpty();

    [Fact]
    public void Nothing_shared_references_a_service_or_a_test() =>
        Violations(Project.All.Where(project => project.IsShared), found => !found.IsShared).ShouldBeEmpty();

    [Fact]
    public void No_service_references_another_but_Standalone() =>
        Violations(
                Project.All.Where(project => project.IsService && project.Name != "Integration.Standalone"),
                found => !found.IsShared
            )
            .ShouldBeEmpty();

    [Fact]
    public void Nothing_but_tests_references_a_test() =>
        Violations(Project.All.Where(project => !project.IsTest), found => found.IsTest).ShouldBeEmpty();

    [Fact]
    public void The_process_core_does_not_know_the_sdk() =>
        Named("Integration.ProcessCore").Closure.Select(project => project.Name).ShouldNotContain("Integration.Sdk");

    [Fact]
    public void MassTransit_is_in_its_adapter_the_benchmarks_and_tests_alone()
    {
        var users = Project.All.Where(UsesMassTransit).Select(project => project.Path);

        users.ShouldBe([Adapter, Benchmarks], ignoreOrder: true);
        Project
            .All.Where(project => !project.IsTest && project.Path != Adapter)
            .Where(project => project.Closure.Any(UsesMassTransit))
            .ShouldBeEmpty("what is shipped does not carry MassTransit");

        static bool UsesMassTransit(Project project) =>
            project.Packages.Any(package =>
                package.Attribute("Include")!.Value.StartsWith("MassTransit", StringComparison.Ordinal)
            );
    }

    [Theory]
    [InlineData("Integration.Errors")]
    [InlineData("Integration.Egress")]
    [InlineData("Integration.Http")]
    [InlineData("Integration.Files")]
    [InlineData("Integration.Files.S3")]
    public void Guarded_calls_and_files_need_no_pipeline(string name) =>
        Named(name).Closure.Select(project => project.Name).ShouldNotContain("Integration.Sdk");

    [Fact]
    public void Errors_reference_the_contract_only() =>
        Named("Integration.Errors").References.Select(one => one.Name).ShouldBe(["Integration.Contracts"]);

    private static Project Named(string name) => Project.All.Single(project => project.Name == name);

    private static List<string> Violations(IEnumerable<Project> projects, Func<Project, bool> forbidden) =>
        [
            .. projects.SelectMany(project =>
                project.Closure.Where(forbidden).Select(found => $"{project} must not reference {found}")
            ),
        ];
}
