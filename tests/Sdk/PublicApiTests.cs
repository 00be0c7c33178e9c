using Integration.Fixtures;

namespace Integration.Sdk.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void What_services_compile_against_changes_only_on_purpose() =>
        Snapshot.Match(PublicApi.Of(typeof(IntegrationService).Assembly), "tests/Sdk/PublicApi.txt", "tests/Sdk");

    [Fact]
    public void The_errors_that_operations_end_with_change_only_on_purpose() =>
        Snapshot.Match(
            PublicApi.Of(typeof(Errors.TaskErrorException).Assembly),
            "tests/Sdk/PublicApi.Errors.txt",
            "tests/Sdk"
        );

    [Fact]
    public void What_tests_of_services_compile_against_changes_only_on_purpose() =>
        Snapshot.Match(
            PublicApi.Of(typeof(Testing.ServiceHarness).Assembly),
            "tests/Sdk/PublicApi.Testing.txt",
            "tests/Sdk"
        );
}
