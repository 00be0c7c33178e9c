using System.Net;
using System.Text;
using System.Text.Json;
using Integration.Fixtures;
using Integration.ProcessCore.Tests.Persistence;
using Microsoft.Extensions.Options;

namespace Integration.ProcessCore.Tests.Api;

/// <summary>Who may call the API, and what it makes of odd requests.</summary>
public sealed class GuardTests : CoreTest
{
    private static readonly string _order = """{"definition":"order"}""";

    [Fact]
    public async Task No_route_answers_a_web_page()
    {
        await using var core = await StartAsync();

        await GuardedRoutes.RefuseWebPagesAsync(core.App);
    }

    [Fact]
    public async Task A_page_deploys_nothing_and_starts_nothing()
    {
        await using var core = await StartAsync();
        using var page = new HttpRequestMessage(HttpMethod.Post, "/definitions");
        page.Headers.Add("Origin", "http://evil.example");
        page.Headers.Add("Sec-Fetch-Site", "cross-site");
        page.Content = new StringContent(OneTask().Xml, Encoding.UTF8, "text/plain");

        using var answer = await core.Http.SendAsync(page);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await core.GetAsync("/definitions")).GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("GET", "Sec-Fetch-Site", "none")]
    [InlineData("GET", "Sec-Fetch-Site", "same-origin")]
    [InlineData("POST", "Sec-Fetch-Site", "same-origin")]
    [InlineData("POST", "Origin", "OWN")]
    [InlineData("POST", "Origin", "https://integration.example")]
    [InlineData("GET", "Host", "localhost")]
    [InlineData("GET", "Host", "localhost.")]
    [InlineData("GET", "Host", "LOCALHOST:1")]
    [InlineData("GET", "Host", "[::1]:5100")]
    [InlineData("GET", "Host", "process-core:8080")]
    [InlineData("GET", "Host", "[fd00::1]")]
    public async Task Our_own_page_an_address_bar_and_configured_names_are_answered(
        string method,
        string name,
        string value
    )
    {
        await using var core = await StartAsync(
            "--Api:Hosts=process-core, [fd00::1]",
            "--Api:Origins=https://integration.example"
        );
        await core.DeployAsync(OneTask());
        using var request = new HttpRequestMessage(new HttpMethod(method), "/instances");
        request.Headers.TryAddWithoutValidation(name, value == "OWN" ? core.Http.BaseAddress!.ToString()[..^1] : value);
        if (method == "POST")
            request.Content = new StringContent(_order, Encoding.UTF8, "application/json");

        using var answer = await core.Http.SendAsync(request);

        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_probe_may_ask_for_any_name()
    {
        await using var core = await StartAsync();
        using var probe = new HttpRequestMessage(HttpMethod.Get, "/health/ready?from=probe");
        probe.Headers.Host = "10.0.0.7:8080";

        (await core.Http.SendAsync(probe)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Api:Hosts=http://core", "Api__Hosts has 'http://core'")]
    [InlineData("Api:Hosts=core:8080", "Api__Hosts has 'core:8080'")]
    [InlineData("Api:Origins=core.example", "Api__Origins has 'core.example'")]
    [InlineData("Api:Origins=https://core.example/", "Api__Origins has 'https://core.example/'")]
    [InlineData("Api:BodyTimeout=00:00:00", "Api__BodyTimeout is 00:00:00")]
    public async Task A_wrong_setting_is_named_at_start(string setting, string message)
    {
        await using var app = ProcessCoreService.Create([
            $"--{setting}",
            "--urls=http://127.0.0.1:0",
            $"--Storage:ConnectionString={Database}",
        ]);

        var refused = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());

        refused.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task A_body_of_another_content_type_is_refused_with_the_right_one(string? type)
    {
        await using var core = await StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(_order));
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await core.Http.PostAsync("/instances", content);

        (await FieldAsync(answer, HttpStatusCode.UnsupportedMediaType)).ShouldBe("Content-Type");
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/xml; charset=utf-8")]
    [InlineData("application/bpmn+xml")]
    public async Task A_definition_may_have_any_content_type_of_XML(string type)
    {
        await using var core = await StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(OneTask().Xml));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        (await core.Http.PostAsync("/definitions", content)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("POST", "/instances", """{"definition":"order","extra":1}""", "extra")]
    [InlineData("POST", "/instances", """{"Definition":"order"}""", "Definition")]
    [InlineData("POST", "/instances", """{"definition":"order","definition":"other"}""", "definition")]
    [InlineData("POST", "/instances", """{"definition":"order","variables":{"a":{"b":1,"b":2}}}""", "variables.a.b")]
    [InlineData("POST", "/instances", """{"definition":"order","variables":{"a":[{"b":"\udc00"}]}}""", "variables.a.b")]
    [InlineData("POST", "/instances", """{"definition":"order","variables":{"\ud800":1}}""", "variables")]
    [InlineData("POST", "/instances", """{"definition":"a\u0000b"}""", "definition")]
    [InlineData("POST", "/instances", """{"definition":"order","version":1e9999}""", "version")]
    [InlineData("POST", "/instances", """{"definition":"order","version":99999999999}""", "version")]
    [InlineData("POST", "/messages", """{"name":"m","ttl":1}""", "ttl")]
    [InlineData("POST", "/messages", """{"name":"m","requestId":"\ud800"}""", "requestId")]
    [InlineData("POST", "/instances/x/cancel", """{"reasn":"x"}""", "reasn")]
    [InlineData("POST", "/incidents/x/retry", """{"by":"x"}""", "by")]
    [InlineData("PATCH", "/instances/x/variables", """{"a":1,"a":2}""", "a")]
    [InlineData("PATCH", "/instances/x/variables", "[]", "body")]
    [InlineData("PATCH", "/instances/x/variables", "", "body")]
    [InlineData("GET", "/instances?limit=0", "", "limit")]
    [InlineData("GET", "/instances?limit=-5", "", "limit")]
    [InlineData("GET", "/instances?limit=99999999999999", "", "limit")]
    [InlineData("GET", "/instances?limit=1&limit=2", "", "limit")]
    [InlineData("GET", "/instances?before=x", "", "before")]
    [InlineData("GET", "/instances?state=asleep", "", "state")]
    [InlineData("GET", "/incidents?before={00000000-0000-0000-0000-000000000000}", "", "before")]
    [InlineData("GET", "/instances?businessKey=%00", "", "query")]
    [InlineData("GET", "/instances?businessKey=%ff", "", "query")]
    [InlineData("GET", "/instances?businessKey=%zz", "", "query")]
    [InlineData("GET", "/instances/a%0ab", "", "path")]
    [InlineData("GET", "/instances/%ed%a0%80", "", "path")]
    [InlineData("GET", "/instances/%", "", "path")]
    public async Task What_is_wrong_is_named(string method, string target, string body, string field)
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());

        var answer = await RawHttp.SendAsync(
            core.Http.BaseAddress!,
            $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (
                    body.Length > 0
                        ? $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"
                        : "\r\n"
                )
        );

        answer.Status.ShouldBe(400, answer.ToString());
        answer.Head.ShouldContain("application/problem+json");
        answer.Body.ShouldContain($"\"field\":\"{field}\"");
        (await core.GetAsync("/instances")).GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData(64, HttpStatusCode.Created)]
    [InlineData(65, HttpStatusCode.BadRequest)]
    [InlineData(50_000, HttpStatusCode.BadRequest)]
    public async Task JSON_is_nested_as_deep_as_it_may_be_and_no_deeper(int levels, HttpStatusCode expected)
    {
        await using var core = await StartAsync();
        await core.DeployAsync(new Drawing().Start().End().Flow("Start", "End"));
        // The body and the variables are levels as well.
        var lists = levels - 2;
        using var body = new StringContent(
            "{\"definition\":\"order\",\"variables\":{\"deep\":"
                + new string('[', lists)
                + new string(']', lists)
                + "}}",
            Encoding.UTF8,
            "application/json"
        );

        using var answer = await core.Http.PostAsync("/instances", body);

        answer.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.BadRequest)
            (await FieldAsync(answer, expected)).ShouldBe("variables.deep");
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over_and_other_bytes_than_UTF_8_are_refused()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());

        (await PostAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(_order)])).ShouldBe(HttpStatusCode.Created);
        (await PostAsync(Encoding.Unicode.GetBytes(_order))).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync([.. "{\"definition\":\""u8, 0xC3, 0x28, .. "\"}"u8])).ShouldBe(HttpStatusCode.BadRequest);

        async Task<HttpStatusCode> PostAsync(byte[] bytes)
        {
            using var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new("application/json");
            using var answer = await core.Http.PostAsync("/instances", content);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("POST", "/instances", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/messages", HttpStatusCode.BadRequest)]
    [InlineData("PATCH", "/instances/INSTANCE/variables", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/incidents/x/retry", HttpStatusCode.NotFound)]
    [InlineData("POST", "/instances/INSTANCE/cancel", HttpStatusCode.OK)]
    public async Task Nothing_behind_a_byte_order_mark_is_no_body(string method, string path, HttpStatusCode expected)
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        path = path.Replace("INSTANCE", await core.BeginAsync(), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = new ByteArrayContent([0xEF, 0xBB, 0xBF]);
        request.Content.Headers.ContentType = new("application/json");

        using var answer = await core.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_definition_in_Latin_1_keeps_its_letters_and_one_that_lies_about_it_is_refused()
    {
        await using var core = await StartAsync();
        var xml = OneTask().Raw("<bpmn:documentation>Größe</bpmn:documentation>").Xml;

        (await PostAsync(xml.Replace("UTF-8", "ISO-8859-1"))).ShouldBe(HttpStatusCode.Created);
        (await core.GetAsync("/definitions/order/1")).GetProperty("xml").GetString()!.ShouldContain("Größe");
        (await PostAsync(xml)).ShouldBe(HttpStatusCode.BadRequest);

        async Task<HttpStatusCode> PostAsync(string text)
        {
            using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(text));
            content.Headers.ContentType = new("application/xml");
            using var answer = await core.Http.PostAsync("/definitions", content);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_body_that_does_not_arrive_in_time_is_answered_so()
    {
        await using var core = await StartAsync("--Api:BodyTimeout=00:00:00.5");

        var answer = await RawHttp.SendAsync(
            core.Http.BaseAddress!,
            "POST /instances HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{"
        );

        answer.Status.ShouldBe(408);
        answer.Body.ShouldContain("\"field\":\"body\"");
    }

    [Fact]
    public async Task Whatever_is_sent_is_answered_and_what_is_refused_changes_nothing()
    {
        await using var core = await StartAsync("--Api:BodyTimeout=00:00:00.3");
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        var routes = GuardedRoutes
            .Of(core.Services)
            .SelectMany(route => new[] { route, (route.Method, route.Path.Replace("/1", $"/{instance}")) })
            .ToList();

        await new OddRequests(
            core.Http.BaseAddress!,
            routes,
            [
                _order,
                """{"definition":"order","businessKey":"k","variables":{"a":{"b":[1,"x",null]}}}""",
                """{"name":"m","correlationKey":"k","variables":{}}""",
                """{"reason":"x"}""",
                OneTask().Xml,
            ]
        ).RunAsync(async () =>
            $"{await core.CountAsync("definitions")} {await core.CountAsync("instances")} {await core.CountAsync("messages")} "
            + await core.ShowAsync(instance)
        );
    }

    private static async Task<string?> FieldAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return JsonElement.Parse(text).GetProperty("field").GetString();
    }
}
