using Integration.Fixtures;

namespace Integration.Repository.Tests.Deployment;

/// <summary>The health check of the image: the program asks the one that runs beside it.</summary>
public sealed class HealthCheckTests
{
    private readonly int _port = FreePort.Next();

    [Fact]
    public async Task It_succeeds_while_the_service_lives_even_when_its_broker_is_away()
    {
        await using var service = ServiceProcess.Launch("Rest", WithoutBroker(), _port);

        await Eventually.PassesAsync(async () => (await CheckAsync()).ExitCode.ShouldBe(0));
    }

    [Fact]
    public async Task It_fails_and_says_so_when_nothing_answers()
    {
        var (exitCode, log) = await CheckAsync();

        exitCode.ShouldBe(1);
        log.ShouldContain("does not answer");
    }

    private async Task<(int ExitCode, string Log)> CheckAsync()
    {
        await using var check = ServiceProcess.Launch("Rest", WithoutBroker(), _port, "--health-check");
        var exitCode = await check.Ended.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
        return (exitCode, check.Log);
    }

    private static Dictionary<string, string> WithoutBroker() =>
        new() { ["Bus__Uri"] = $"amqp://127.0.0.1:{FreePort.Next()}/" };
}
