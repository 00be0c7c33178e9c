using Integration.Fixtures;

namespace Integration.Repository.Tests;

/// <summary>
/// What holds for every service that calls external systems is tested for every one of them: a new one has its part everywhere.
/// </summary>
public sealed class ServiceTests
{
    private const string Boundaries = "tests/Boundaries/Caller.cs";
    private const string Canaries = "tests/Journeys/Canaries/Scenarios.cs";
    private const string Index = "docs/reference/operations/README.md";
    private const string Standalone = "services/Standalone/Integration.Standalone.csproj";

    public static TheoryData<string> Services =>
        [
            .. Project
                .All.Where(project => project.IsService && project.Path != Standalone)
                .Where(project => project.Closure.Any(found => found.Name == "Integration.Egress"))
                .Select(project => project.Name["Integration.".Length..]),
        ];

    [Fact]
    public void There_are_services_to_judge() => Services.Count.ShouldBeGreaterThan(5);

    [Theory]
    [MemberData(nameof(Services))]
    public void Addresses_that_it_must_not_call_are_tested(string service) =>
        File.ReadAllText(RepositoryFolder.File(Boundaries))
            .Contains($"builder.Add{service}()", StringComparison.Ordinal)
            .ShouldBeTrue($"It has no line in {Boundaries}.");

    [Theory]
    [MemberData(nameof(Services))]
    public void Its_secrets_are_searched_for(string service) =>
        File.ReadAllText(RepositoryFolder.File(Canaries))
            .Contains($"[\"{service}\"] =", StringComparison.Ordinal)
            .ShouldBeTrue($"It has no scenario in {Canaries}.");

    [Theory]
    [MemberData(nameof(Services))]
    public void Its_operations_are_in_the_index(string service) =>
        File.ReadAllText(RepositoryFolder.File(Index))
            .Contains($"<!-- generated: operations {service.ToLowerInvariant()} -->", StringComparison.Ordinal)
            .ShouldBeTrue($"It has no part in {Index}.");
}
