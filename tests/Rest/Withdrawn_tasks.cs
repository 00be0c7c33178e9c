using Integration.Fixtures;
using Integration.Testing;
using Microsoft.AspNetCore.Http;

namespace Integration.Rest.Tests;

public sealed class Withdrawn_tasks(RestFixture rest) : IClassFixture<RestFixture>
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Withdrawing_a_task_aborts_its_request_at_the_target(string method)
    {
        await using var target = await WaitingTarget.StartAsync();
        var request = ServiceHarness.Request("rest.request", new { url = target.Uri, method });
        Task<TaskAnswer> answer = null!;
        await rest.Service.BeginAsync(request, task => answer = task);
        await target.Arrived;
        await rest.Service.CancelAsync(request);
        await target.Aborted;
        (await answer).Completed.ShouldBeNull();
        target.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_deadline_that_passes_aborts_the_request_at_the_target()
    {
        await using var target = await WaitingTarget.StartAsync();
        var answer = await rest.Service.RunAsync(
            "rest.request",
            new { url = target.Uri },
            request => request with { Deadline = DateTimeOffset.UtcNow.AddSeconds(1) }
        );
        await target.Aborted;
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("deadline-passed");
        target.Requests.ShouldBe(1);
    }

    private sealed class WaitingTarget : IAsyncDisposable
    {
        private readonly TaskCompletionSource _arrived = new();
        private readonly TaskCompletionSource _aborted = new();
        private HttpTarget _target = null!;

        public Uri Uri => _target.Uri;

        public int Requests => _target.Requests.Count;

        public Task Arrived => _arrived.Task.WaitAsync(Eventually.Patience);

        public Task Aborted => _aborted.Task.WaitAsync(Eventually.Patience);

        public static async Task<WaitingTarget> StartAsync()
        {
            var waiting = new WaitingTarget();
            waiting._target = await HttpTarget.StartAsync(waiting.AnswerAsync);
            return waiting;
        }

        public ValueTask DisposeAsync()
        {
            _aborted.TrySetResult();
            return _target.DisposeAsync();
        }

        private async Task AnswerAsync(HttpContext context)
        {
            context.RequestAborted.Register(() => _aborted.TrySetResult());
            _arrived.TrySetResult();
            await _aborted.Task;
        }
    }
}
