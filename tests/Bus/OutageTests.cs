using Integration.Bus.MassTransit;
using Integration.Fixtures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Bus.Tests;

/// <summary>What is told of something that is away for long, and asked for every few seconds.</summary>
public sealed class OutageTests
{
    [Fact]
    public void An_outage_is_told_once_then_rarely_and_its_end_with_its_length()
    {
        var clock = new FakeTimeProvider();
        var outage = new Outage(clock);
        outage.End().ShouldBeNull();

        var told = 0;
        for (var second = 0; second < 3600; second += 5)
        {
            // Two reasons that take turns are no news either.
            told += outage.ShouldLog(second % 2 == 0 ? "refused" : "no route") ? 1 : 0;
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        told.ShouldBeInRange(2, 12);
        outage.End().ShouldBe(TimeSpan.FromHours(1));
        outage.End().ShouldBeNull();
        outage.ShouldLog("refused").ShouldBeTrue();
    }

    [Fact]
    public void Reasons_that_differ_each_time_are_told_up_to_a_number()
    {
        var clock = new FakeTimeProvider();
        var outage = new Outage(clock);

        Enumerable.Range(0, 1000).Count(i => outage.ShouldLog($"request {i} failed")).ShouldBe(Outage.MostReasons);
        clock.Advance(Outage.Pause);

        outage.ShouldLog("request 1000 failed").ShouldBeTrue();
    }

    [Fact]
    public void What_MassTransit_warns_of_again_and_again_is_logged_once_and_what_it_tells_always()
    {
        using var log = new LogLines();
        using var rare = new RareLogging(log, new FakeTimeProvider());

        foreach (var category in new[] { "MassTransit", "MassTransit.Transports" })
        {
            var logger = rare.CreateLogger(category);
            for (var i = 0; i < 50; i++)
            {
                logger.LogWarning("Connection Failed: {Address}", "rabbitmq://broker/");
                logger.LogInformation("Bus started");
            }
        }

        log.Lines.Count(line => line == "Connection Failed: rabbitmq://broker/").ShouldBe(1);
        log.Lines.Count(line => line == "Bus started").ShouldBe(100);
    }
}
