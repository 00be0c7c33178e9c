using Integration.Fixtures;

namespace Integration.Rest.Tests;

public sealed class Addresses(RestFixture rest) : IClassFixture<RestFixture>
{
    [Theory]
    [InlineData("17", "/orders/17/lines")]
    [InlineData("a b", "/orders/a%20b/lines")]
    [InlineData("a/b", "/orders/a%2Fb/lines")]
    [InlineData("../admin", "/orders/..%2Fadmin/lines")]
    [InlineData("..\\admin", "/orders/..%5Cadmin/lines")]
    [InlineData("%2e%2e", "/orders/%252e%252e/lines")]
    [InlineData("a?b=c", "/orders/a%3Fb%3Dc/lines")]
    [InlineData("a#b", "/orders/a%23b/lines")]
    [InlineData("São Paulo", "/orders/S%C3%A3o%20Paulo/lines")]
    [InlineData("😀", "/orders/%F0%9F%98%80/lines")]
    [InlineData("a;b,c+d&e@f:g", "/orders/a%3Bb%2Cc%2Bd%26e%40f%3Ag/lines")]
    [InlineData("...", "/orders/.../lines")]
    [InlineData("{id}", "/orders/%7Bid%7D/lines")]
    public async Task A_value_in_the_path_stays_one_segment(string value, string expected)
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "{}");
        var answer = await rest.CallAsync(new { url = $"{target.Uri}orders/{{id}}/lines", path = new { id = value } });
        answer.Completed.ShouldNotBeNull(answer.Error);
        target.Requests.ShouldHaveSingleItem().Target.ShouldBe(expected);
    }

    [Fact]
    public async Task Numbers_and_booleans_fill_placeholders_too_and_one_segment_may_hold_several()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "{}");
        await rest.CallAsync(
            new
            {
                url = $"{target.Uri}v{{major}}/{{a}}-{{b}}.json",
                path = new
                {
                    major = 2,
                    a = true,
                    b = 1.5,
                },
            }
        );
        target.Requests.ShouldHaveSingleItem().Target.ShouldBe("/v2/true-1.5.json");
    }

    [Fact]
    public async Task Query_parameters_are_escaped_repeated_for_lists_and_left_out_for_null()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "{}");
        var answer = await rest.CallAsync(
            new
            {
                url = $"{target.Uri}search?fixed=1",
                query = new Dictionary<string, object?>
                {
                    ["q"] = "a&b=c d+é",
                    ["n"] = 10,
                    ["flag"] = false,
                    ["none"] = null,
                    ["tag"] = new object[] { "x", 2 },
                    ["empty"] = "",
                    ["na me"] = "v",
                    ["nobody"] = Array.Empty<string>(),
                },
            }
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        target
            .Requests.ShouldHaveSingleItem()
            .Target.ShouldBe("/search?fixed=1&q=a%26b%3Dc%20d%2B%C3%A9&n=10&flag=false&tag=x&tag=2&empty=&na%20me=v");
    }

    [Theory]
    [InlineData("""{"url":"orders/1"}""", "inputs.url must be absolute")]
    [InlineData("""{"url":"ftp://host/x"}""", "inputs.url must be absolute and begin with http:// or https://")]
    [InlineData("""{"url":"file:///etc/passwd"}""", "inputs.url must be absolute")]
    [InlineData("""{"url":"http://"}""", "inputs.url is no valid address")]
    [InlineData("""{"url":"http://host:99999/"}""", "inputs.url is no valid address")]
    [InlineData("""{"url":"http://user:secret@host/"}""", "inputs.url holds credentials")]
    [InlineData("""{"url":"http://host/x#y"}""", "inputs.url has a fragment")]
    [InlineData("""{"url":"http://{host}/","path":{"host":"x"}}""", "inputs.url has a placeholder outside of its path")]
    [InlineData("""{"url":"http://host/?q={q}","path":{"q":1}}""", "inputs.url has a placeholder outside of its path")]
    [InlineData("""{"url":"http://host/{id}"}""", "inputs.path has no value for the placeholder {id}")]
    [InlineData("""{"url":"http://host/{id","path":{"id":1}}""", "inputs.url has a brace without its partner")]
    [InlineData("""{"url":"http://host/x","path":{"id":1}}""", "inputs.path.id is not used")]
    [InlineData("""{"url":"http://host/{id}","path":{"id":null}}""", "inputs.path.id is null")]
    [InlineData("""{"url":"http://host/{id}","path":{"id":""}}""", "inputs.path.id is empty")]
    [InlineData(
        """{"url":"http://host/{id}","path":{"id":[1]}}""",
        "inputs.path.id must be a text, a number or a boolean"
    )]
    [InlineData("""{"url":"http://host/{id}","path":{"id":".."}}""", "makes the segment '{id}' of url a '..'")]
    [InlineData(
        """{"url":"http://host/{a}{b}/x","path":{"a":".","b":"."}}""",
        "makes the segment '{a}{b}' of url a '..'"
    )]
    [InlineData("""{"url":"http://host/.{a}/x","path":{"a":"."}}""", "makes the segment '.{a}' of url a '..'")]
    [InlineData(
        """{"url":"http://host/","query":{"q":{"a":1}}}""",
        "inputs.query.q must be a text, a number or a boolean"
    )]
    [InlineData("""{"url":"http://host/","query":{"q":[1,[2]]}}""", "inputs.query.q[1] must be")]
    public async Task A_wrong_address_is_told_by_field(string inputs, string expected)
    {
        var error = (await rest.CallAsync(inputs)).Errored.ShouldNotBeNull().Error;
        error.Code.ShouldBe("invalid-input");
        error.Message.ShouldContain(expected);
        error.Message.ShouldNotContain("secret");
        error.Status.ShouldBe(-1);
        error.Retryable.ShouldBeFalse();
    }
}
