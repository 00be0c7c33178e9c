using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Rest.Tests;

public sealed class Declared_failures(RestFixture rest) : IClassFixture<RestFixture>
{
    private const string Answer = """{"error":"busy"}""";

    [Theory]
    [InlineData("connectivity", ErrorCategory.Connectivity, true)]
    [InlineData("access", ErrorCategory.Access, false)]
    [InlineData("data", ErrorCategory.Data, false)]
    [InlineData("volumetric", ErrorCategory.Volumetric, false)]
    public async Task A_success_that_says_failure_is_a_failure_of_the_declared_category(
        string category,
        ErrorCategory expected,
        bool retryable
    )
    {
        await using var target = await HttpTarget.AnsweringAsync(200, Answer);
        var error = await ErrorAsync(
            target,
            $$$"""{"failures":[{"category":"{{{category}}}","when":{"pointer":"/error"},"code":"is-busy","message":"It is busy."}]}"""
        );
        error.Category.ShouldBe(expected);
        error.Code.ShouldBe("is-busy");
        error.Message.ShouldEndWith("answered 200: It is busy.");
        error.Status.ShouldBe(200);
        error.Retryable.ShouldBe(retryable);
        error.Target.ShouldBe(target.Uri.Authority);
        error.Details!.Value.GetProperty("body").GetString().ShouldBe(Answer);
        target.Requests.Count.ShouldBe(retryable ? 3 : 1);
    }

    [Fact]
    public async Task A_status_can_be_given_another_category_and_be_worth_a_retry()
    {
        await using var target = await HttpTarget.AnsweringAsync(404);
        var error = await ErrorAsync(target, """{"failures":[{"category":"data","status":404,"retryable":true}]}""");
        error.Code.ShouldBe("declared-failure");
        error.Category.ShouldBe(ErrorCategory.Data);
        error.Retryable.ShouldBeTrue();
        target.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_answer_that_fits_no_entry_is_what_its_status_says()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, """{"id":1}""");
        var answer = await rest.CallAsync(
            """{"failures":[{"category":"data","when":{"pointer":"/error"}},{"category":"data","status":404}]}""",
            target.Uri
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
    }

    [Fact]
    public async Task Business_errors_come_first_then_failures_then_what_is_expected()
    {
        await using var target = await HttpTarget.AnsweringAsync(404, Answer);
        const string errors = """ "errors":[{"code":"BUSY","when":{"pointer":"/error"}}] """;
        const string failures = """ "failures":[{"category":"access","status":404,"code":"declared"}] """;
        const string expect = """ "expect":["404"] """;
        (await rest.CallAsync($$"""{ {{failures}},{{errors}},{{expect}} }""", target.Uri)).Rejected.ShouldNotBeNull();
        (await ErrorAsync(target, $$"""{ {{failures}},{{expect}} }""")).Code.ShouldBe("declared");
        (await rest.CallAsync($$"""{ {{expect}} }""", target.Uri)).Completed.ShouldNotBeNull();
        (await ErrorAsync(target, "{}")).Code.ShouldBe("not-found");
    }

    [Theory]
    [InlineData(200, null, ErrorCategory.Connectivity)]
    [InlineData(404, null, ErrorCategory.Connectivity)]
    [InlineData(500, null, ErrorCategory.InDoubt)]
    [InlineData(500, false, ErrorCategory.InDoubt)]
    [InlineData(500, true, ErrorCategory.Connectivity)]
    public async Task A_call_of_once_is_in_doubt_only_when_the_target_failed_on_the_way_and_the_task_does_not_say_otherwise(
        int status,
        bool? retryable,
        ErrorCategory expected
    )
    {
        await using var target = await HttpTarget.AnsweringAsync(status, Answer);
        var said = retryable is null ? "" : $",\"retryable\":{(retryable.Value ? "true" : "false")}";
        var error = await ErrorAsync(
            target,
            $$$"""{"method":"POST","failures":[{"category":"connectivity","when":{"pointer":"/error"}{{{said}}}}]}"""
        );
        error.Category.ShouldBe(expected);
        target.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(429, false)]
    [InlineData(503, false)]
    [InlineData(429, true)]
    [InlineData(503, true)]
    [InlineData(200, false)]
    public async Task Retry_After_reaches_error_treatment_as_seconds_and_as_a_date(int status, bool date)
    {
        await using var target = await HttpTarget.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = date ? $"{DateTimeOffset.UtcNow.AddHours(1):R}" : "3600";
            return Task.CompletedTask;
        });
        var error = await ErrorAsync(
            target,
            """{"failures":[{"category":"volumetric","status":200,"retryable":true}]}"""
        );
        error.RetryAfter.ShouldNotBeNull().ShouldBeInRange(3590, 3600);
        error.Retryable.ShouldBeTrue();
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_holds_of_an_answer_that_cannot_be_read_not_even_that_something_is_missing()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "{broken");
        const string missing = """{"category":"data","code":"missing","when":{"pointer":"/id","exists":false}}""";
        (await ErrorAsync(target, $$"""{"failures":[{{missing}}]}""")).Code.ShouldBe("malformed-answer");
    }

    [Fact]
    public async Task Nor_of_one_that_is_too_large_and_a_business_error_by_its_status_does_not_carry_a_part_of_it()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, new string('x', 1_001), "text/html");
        const string missing = """{"category":"data","code":"missing","when":{"pointer":"/id","exists":false}}""";
        var error = await ErrorAsync(target, $$"""{"maxAnswerBytes":1000,"failures":[{{missing}}]}""");
        error.Code.ShouldBe("answer-too-large");
        const string errors = """[{"code":"LARGE","status":200}]""";
        var answer = await rest.CallAsync($$"""{"maxAnswerBytes":1000,"errors":{{errors}}}""", target.Uri);
        var data = answer.Rejected.ShouldNotBeNull(answer.Error).Error.Data!.Value;
        data.TryGetProperty("body", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task After_a_redirect_the_host_that_answered_is_named()
    {
        await using var there = await HttpTarget.AnsweringAsync(200, Answer);
        await using var here = await HttpTarget.StartAsync(context =>
        {
            context.Response.Redirect(there.Uri.ToString());
            return Task.CompletedTask;
        });
        var declared = await ErrorAsync(
            here,
            """{"redirects":1,"failures":[{"category":"data","when":{"pointer":"/error"}}]}"""
        );
        declared.Target.ShouldBe(there.Uri.Authority);
        declared.Message.ShouldStartWith($"GET {there.Uri}… answered 200");
        (await ErrorAsync(here, """{"redirects":1,"maxAnswerBytes":3}""")).Target.ShouldBe(there.Uri.Authority);
    }

    private async Task<ErrorInfo> ErrorAsync(HttpTarget target, string inputs)
    {
        var answer = await rest.CallAsync(inputs, target.Uri);
        return answer.Errored.ShouldNotBeNull().Error;
    }
}
