using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Treating;

namespace Integration.ErrorTreatment.Tests;

public sealed class TreatmentTableTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private readonly TreatmentTable _table = new(new TreatmentOptions(), new FixedRandom(0.5));

    [Theory]
    [InlineData(ErrorCategory.Connectivity, true, 2)]
    [InlineData(ErrorCategory.Volumetric, true, 30)]
    [InlineData(ErrorCategory.Internal, true, 5)]
    public void What_can_go_away_is_retried(ErrorCategory category, bool retryable, double seconds) =>
        Decide(new ErrorInfo(category, "code", "message", Retryable: retryable))
            .RetryAt.ShouldBe(_now.AddSeconds(seconds));

    [Theory]
    [InlineData(ErrorCategory.Connectivity, false)]
    [InlineData(ErrorCategory.Volumetric, false)]
    [InlineData(ErrorCategory.Internal, false)]
    [InlineData(ErrorCategory.Access, true)]
    [InlineData(ErrorCategory.Access, false)]
    [InlineData(ErrorCategory.Data, true)]
    [InlineData(ErrorCategory.Data, false)]
    [InlineData(ErrorCategory.InDoubt, true)]
    [InlineData(ErrorCategory.InDoubt, false)]
    [InlineData(ErrorCategory.Business, true)]
    public void Everything_else_is_parked_at_once_with_a_reason(ErrorCategory category, bool retryable)
    {
        var decision = Decide(new ErrorInfo(category, "code", "message", Retryable: retryable));

        decision.RetryAt.ShouldBeNull();
        decision.Reason.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Too_large_is_parked_even_when_it_is_called_retryable()
    {
        Decide(new ErrorInfo(ErrorCategory.Volumetric, "x", "m", 413, Retryable: true)).RetryAt.ShouldBeNull();
        Decide(new ErrorInfo(ErrorCategory.Volumetric, ErrorCodes.MessageTooLarge, "m", Retryable: true))
            .RetryAt.ShouldBeNull();
    }

    [Theory]
    [InlineData(ErrorCategory.Connectivity, 5)]
    [InlineData(ErrorCategory.Volumetric, 5)]
    [InlineData(ErrorCategory.Internal, 3)]
    public void After_the_last_retry_it_is_parked(ErrorCategory category, int retries)
    {
        var error = new ErrorInfo(category, "code", "message", Retryable: true);

        Decide(error, retries - 1).RetryAt.ShouldNotBeNull();
        var decision = Decide(error, retries);
        decision.RetryAt.ShouldBeNull();
        decision.Reason.ShouldContain($"{retries} retries failed");
    }

    [Fact]
    public void The_target_is_never_asked_sooner_than_it_wants() =>
        Decide(Events.Connectivity(retryAfter: 120)).RetryAt!.Value.ShouldBeGreaterThanOrEqualTo(_now.AddSeconds(120));

    [Theory]
    [InlineData(3601)]
    [InlineData(1e300)]
    [InlineData(double.PositiveInfinity)]
    public void A_target_that_asks_for_too_long_a_pause_leads_to_parking(double retryAfter)
    {
        var decision = Decide(Events.Connectivity(retryAfter));

        decision.RetryAt.ShouldBeNull();
        decision.Reason.ShouldContain("Treatment__LongestRetryAfter");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(double.NaN)]
    public void A_senseless_pause_is_passed_over(double retryAfter) =>
        Decide(Events.Connectivity(retryAfter)).RetryAt.ShouldBe(_now.AddSeconds(2));

    [Fact]
    public void What_nobody_would_wait_for_any_more_is_not_sent_again()
    {
        var decision = Decide(Events.Connectivity(), deadline: _now.AddSeconds(1));

        decision.RetryAt.ShouldBeNull();
        decision.Reason.ShouldContain("deadline");
    }

    [Fact]
    public void What_is_not_known_completely_cannot_be_retried()
    {
        var failure = new Failure
        {
            Id = "f",
            Subject = "task/t",
            Kind = FailureKind.Task,
            Error = Events.Connectivity(),
        };

        _table.Decide(failure, _now).Reason.ShouldBe("It cannot be sent again: the error event carried no request.");
    }

    private Decision Decide(ErrorInfo error, int retries = 0, DateTimeOffset? deadline = null) =>
        _table.Decide(
            new Failure
            {
                Id = "f",
                Subject = "task/t",
                Kind = FailureKind.Task,
                Error = error,
                Retries = retries,
                Request = Events.Task("t", deadline: deadline),
            },
            _now
        );
}
