using System.Diagnostics.Metrics;
using System.Net;
using Integration.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integration.Hosting.Tests;

/// <summary>Who sends wrong tokens waits for the answers; who sends right ones does not.</summary>
public sealed class Slowing_down
{
    private readonly FailedAttempts _attempts = new(TimeProvider.System, NullLogger<FailedAttempts>.Instance);

    [Fact]
    public void Mistakes_cost_nothing_and_trying_costs_more_and_more()
    {
        Enumerable
            .Range(1, 9)
            .Select(count => FailedAttempts.PauseAfter(count).TotalMilliseconds)
            .ShouldBe([0, 0, 0, 250, 500, 1000, 2000, 4000, 8000]);
        FailedAttempts.PauseAfter(int.MaxValue).ShouldBe(FailedAttempts.LongestPause);
    }

    [Fact]
    public void Each_address_counts_for_itself_and_a_network_of_IPv6_as_one()
    {
        _attempts.Add(IPAddress.Parse("10.0.0.1")).ShouldBe(1);
        _attempts.Add(IPAddress.Parse("10.0.0.2")).ShouldBe(1);
        _attempts.Add(IPAddress.Parse("::ffff:10.0.0.1")).ShouldBe(2);
        _attempts.Add(IPAddress.Parse("2001:db8::1")).ShouldBe(1);
        _attempts.Add(IPAddress.Parse("2001:db8::ffff:2")).ShouldBe(2);
        _attempts.Add(IPAddress.Parse("2001:db8:0:1::1")).ShouldBe(1);
    }

    [Fact]
    public void However_many_addresses_there_are_the_memory_for_them_is_bounded()
    {
        for (var i = 0; i < FailedAttempts.MostAddresses + 100; i++)
            _attempts.Add(new IPAddress(i + 1L)).ShouldBe(1);

        _attempts.Count.ShouldBe(FailedAttempts.MostAddresses);
        // The last is known still, and the first was forgotten.
        _attempts.Add(new IPAddress(FailedAttempts.MostAddresses + 100L)).ShouldBe(2);
        _attempts.Add(new IPAddress(1L)).ShouldBe(1);
    }

    [Fact]
    public async Task Wrong_tokens_are_counted_and_logged_without_what_was_sent()
    {
        var counted = new List<string?>();
        using var listener = new MeterListener();
        var log = new LogLines();
        await using var api = await TestApi.StartAsync(
            builder => builder.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(log),
            ["--Logging:LogLevel:Integration=Warning", .. Api_tokens.Configured(out var right)]
        );
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == RefusalCounter.MeterName)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(
            (_, _, tags, _) =>
            {
                lock (counted)
                    counted.Add(tags[0].Value as string);
            }
        );
        listener.Start();
        var wrong = ApiTokenText.Create();

        for (var i = 0; i < 4; i++)
            (await api.GetAsync(wrong)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await api.GetAsync(right)).StatusCode.ShouldBe(HttpStatusCode.OK);

        lock (counted)
            counted.Count(reason => reason == "unknown").ShouldBeGreaterThanOrEqualTo(4);
        var lines = log
            .Text.Split('\n')
            .Where(line => line.Contains("has sent a token", StringComparison.Ordinal))
            .ToList();
        lines.Count.ShouldBe(3, "the first, the second and the fourth");
        lines[^1].ShouldContain("127.0.0.1");
        lines[^1].ShouldContain("4 in a row");
        log.Text.ShouldNotContain(wrong);
    }
}
