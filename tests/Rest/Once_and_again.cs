using Integration.Contracts;
using Integration.Fixtures;
using Integration.Testing;

namespace Integration.Rest.Tests;

public sealed class Once_and_again(RestFixture rest) : IClassFixture<RestFixture>
{
    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task A_call_whose_answer_is_lost_is_in_doubt_and_not_repeated(string method)
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            conversation.Reset();
        });
        var answer = await rest.CallAsync(
            new
            {
                url = target.Uri,
                method,
                body = new { amount = 1 },
            }
        );
        InDoubt(answer);
        target.Requests.Count.ShouldBe(1);
        InDoubt(await rest.Service.RedeliverAsync(answer));
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_times_out_after_it_was_sent_is_in_doubt()
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            await conversation.BeSilentAsync();
        });
        InDoubt(await rest.CallAsync("""{"method":"POST","body":{},"timeouts":{"attempt":0.2}}""", target.Uri));
        target.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_failure_that_does_not_say_what_was_done_is_in_doubt(int status)
    {
        await using var target = await HttpTarget.AnsweringAsync(status);
        InDoubt(await rest.CallAsync("""{"method":"POST","body":{}}""", target.Uri));
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_unreadable_answer_that_says_success_is_in_doubt()
    {
        await using var target = await HttpTarget.AnsweringAsync(201, "{broken");
        InDoubt(await rest.CallAsync("""{"method":"POST","body":{}}""", target.Uri));
    }

    [Fact]
    public async Task A_call_that_never_left_is_a_plain_connectivity_error()
    {
        var answer = await rest.CallAsync(
            """{"method":"POST","body":{}}""",
            new Uri($"http://127.0.0.1:{FreePort.Next()}/")
        );
        answer.Errored.ShouldNotBeNull().Error.Category.ShouldBe(ErrorCategory.Connectivity);
    }

    [Theory]
    [InlineData(408, ErrorCategory.Connectivity)]
    [InlineData(503, ErrorCategory.InDoubt)]
    [InlineData(429, ErrorCategory.Volumetric)]
    [InlineData(400, ErrorCategory.Data)]
    public async Task A_call_that_was_clearly_refused_is_not_in_doubt(int status, ErrorCategory category)
    {
        await using var target = await HttpTarget.AnsweringAsync(status);
        var answer = await rest.CallAsync("""{"method":"POST","body":{}}""", target.Uri);
        answer.Errored.ShouldNotBeNull().Error.Category.ShouldBe(category);
        target.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task With_an_idempotency_header_it_is_repeated_with_the_same_key_in_every_attempt(string method)
    {
        await using var target = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            conversation.Reset();
        });
        var answer = await rest.CallAsync(
            new
            {
                url = target.Uri,
                method,
                body = new { amount = 1 },
                idempotencyHeader = "Idempotency-Key",
            }
        );
        answer.Errored.ShouldNotBeNull().Error.Category.ShouldBe(ErrorCategory.Connectivity);
        await rest.Service.RetryAsync(answer);
        target.Requests.Count.ShouldBe(6);
        target.Requests.ShouldAllBe(request =>
            request.Contains($"Idempotency-Key: {answer.Request.TaskId}\r\n", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task What_HTTP_calls_idempotent_is_repeated(string method)
    {
        var requests = 0;
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = ++requests == 1 ? 500 : 200;
            return Task.CompletedTask;
        });
        (await rest.CallAsync(new { url = target.Uri, method })).Completed.ShouldNotBeNull();
        requests.ShouldBe(2);
    }

    [Fact]
    public async Task A_redelivered_task_is_answered_without_a_second_call()
    {
        await using var target = await HttpTarget.AnsweringAsync(201, """{"id":1}""");
        var answer = await rest.CallAsync("""{"method":"POST","body":{}}""", target.Uri);
        var again = await rest.Service.RedeliverAsync(answer);
        again.Completed.ShouldNotBeNull().Replayed.ShouldBeTrue();
        target.Requests.Count.ShouldBe(1);
    }

    private static void InDoubt(TaskAnswer answer)
    {
        var error = answer.Errored.ShouldNotBeNull().Error;
        error.Category.ShouldBe(ErrorCategory.InDoubt);
        error.Retryable.ShouldBeFalse();
    }
}
