using Integration.Fixtures;
using Integration.Testing;

namespace Integration.S3.Tests;

/// <summary>A store that is away when the service first needs it.</summary>
public sealed class Down_and_up_again(S3Fixture s3)
{
    [Fact]
    public async Task Tasks_wait_without_burning_their_attempts_and_go_on_when_it_is_back()
    {
        await using var relay = TcpRelay.Start(s3.Swift.Uri.Port);
        relay.Refuse = true;
        await using var service = await ServiceHarness.StartAsync(
            S3Fixture.Configure,
            [
                .. s3.Settings,
                $"--S3:Stores:default:Endpoint=https://127.0.0.1:{relay.Port}",
                "--Targets:JudgedAfter=2",
                "--Targets:Pause=00:00:03",
            ]
        );
        var inputs = new { bucket = S3Fixture.Bucket };
        for (var i = 0; i < 2; i++)
            (await service.RunAsync("s3.list-objects", inputs)).Errored.ShouldNotBeNull();

        var answers = new List<Task<TaskAnswer>>();
        for (var i = 0; i < 3; i++)
            await service.BeginAsync(ServiceHarness.Request("s3.list-objects", inputs), answers.Add);
        await Eventually.TrueAsync(() => Gauge.Read("integration.targets.waiting") >= 3);
        relay.Refuse = false;

        (await Task.WhenAll(answers)).ShouldAllBe(answer => answer.Completed != null);
    }
}
