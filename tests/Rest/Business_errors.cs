using Integration.Fixtures;

namespace Integration.Rest.Tests;

public sealed class Business_errors(RestFixture rest) : IClassFixture<RestFixture>
{
    private const string Answer = """{"erro":"true","code":7,"list":[{"a/b":1,"m~n":null}]}""";

    [Theory]
    [InlineData("""{"code":"X","status":404}""", 404, true)]
    [InlineData("""{"code":"X","status":"4xx"}""", 409, true)]
    [InlineData("""{"code":"X","status":"4xx"}""", 200, false)]
    [InlineData("""{"code":"X","when":{"pointer":"/erro"}}""", 200, true)]
    [InlineData("""{"code":"X","when":{"pointer":"/erro","exists":true}}""", 200, true)]
    [InlineData("""{"code":"X","when":{"pointer":"/other","exists":false}}""", 200, true)]
    [InlineData("""{"code":"X","when":{"pointer":"/erro","exists":false}}""", 200, false)]
    [InlineData("""{"code":"X","when":{"pointer":"/erro","equals":"true"}}""", 200, true)]
    [InlineData("""{"code":"X","when":{"pointer":"/erro","equals":true}}""", 200, false)]
    [InlineData("""{"code":"X","when":{"pointer":"/code","equals":7}}""", 200, true)]
    [InlineData("""{"code":"X","when":{"pointer":"/code","equals":7.0}}""", 200, true)]
    [InlineData("""{"code":"X","when":{"pointer":"/list/0/a~1b","equals":1}}""", 200, true)]
    [InlineData("""{"code":"X","when":{"pointer":"/list/0/m~0n","equals":null}}""", 200, true)]
    [InlineData("""{"code":"X","when":{"pointer":"/list/1"}}""", 200, false)]
    [InlineData("""{"code":"X","when":{"pointer":"/list/00"}}""", 200, false)]
    [InlineData("""{"code":"X","when":{"pointer":"/code/x"}}""", 200, false)]
    [InlineData("""{"code":"X","when":{"pointer":""}}""", 200, true)]
    [InlineData("""{"code":"X","status":200,"when":{"pointer":"/code","equals":7}}""", 200, true)]
    [InlineData("""{"code":"X","status":404,"when":{"pointer":"/code","equals":7}}""", 200, false)]
    public async Task An_answer_is_a_business_error_by_its_status_and_by_what_it_says(
        string declared,
        int status,
        bool raised
    )
    {
        await using var target = await HttpTarget.AnsweringAsync(status, Answer);
        var answer = await rest.CallAsync($$"""{"errors":[{{declared}}]}""", target.Uri);
        (answer.Rejected is not null).ShouldBe(raised, answer.Error);
        (answer.Completed is not null).ShouldBe(!raised, answer.Error);
    }

    [Fact]
    public async Task It_carries_code_message_status_and_answer()
    {
        await using var target = await HttpTarget.AnsweringAsync(422, """{"reason":"on the black list"}""");
        var answer = await rest.CallAsync(
            """
            {"errors":[
              {"code":"OTHER","status":422,"when":{"pointer":"/reason","equals":"other"}},
              {"code":"BLACKLISTED","message":"The applicant is on the black list.","status":422},
              {"code":"LATER","status":"4xx"}
            ]}
            """,
            target.Uri
        );
        var error = answer.Rejected.ShouldNotBeNull(answer.Error).Error;
        error.Code.ShouldBe("BLACKLISTED");
        error.Message.ShouldBe("The applicant is on the black list.");
        error.Data!.Value.GetProperty("status").GetInt32().ShouldBe(422);
        error.Data!.Value.GetProperty("body").GetProperty("reason").GetString().ShouldBe("on the black list");
    }

    [Fact]
    public async Task Without_a_message_it_names_the_status()
    {
        await using var target = await HttpTarget.AnsweringAsync(404, "not here", "text/plain");
        var answer = await rest.CallAsync("""{"errors":[{"code":"MISSING","status":404}]}""", target.Uri);
        answer.Rejected.ShouldNotBeNull().Error.Message.ShouldBe("The target answered 404.");
    }

    [Fact]
    public async Task A_retryable_status_that_is_declared_is_not_repeated()
    {
        await using var target = await HttpTarget.AnsweringAsync(503);
        var answer = await rest.CallAsync("""{"errors":[{"code":"CLOSED","status":503}]}""", target.Uri);
        answer.Rejected.ShouldNotBeNull().Error.Code.ShouldBe("CLOSED");
        target.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_no_business_error_by_what_it_says()
    {
        await using var target = await HttpTarget.AnsweringAsync(404, "{broken");
        var answer = await rest.CallAsync("""{"errors":[{"code":"X","when":{"pointer":"/a"}}]}""", target.Uri);
        answer.Errored.ShouldNotBeNull().Error.Code.ShouldBe("not-found");
    }
}
