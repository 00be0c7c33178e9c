using System.Text;
using System.Text.Json.Nodes;
using Integration.Soap.Call;

namespace Integration.Soap.Tests;

public sealed class Calls(SoapFixture soap)
{
    private const string Order = """
        "input":{"customer":"Ada","line":[{"sku":"A-1","qty":2},{"sku":"B & <2>","qty":3,"note":"a\nb\tc"}],"due":"2026-12-24"}
        """;

    [Theory]
    [InlineData("Orders11")]
    [InlineData("Orders12")]
    public async Task A_wrapped_operation_of_PHP_in_both_versions_of_SOAP(string port)
    {
        var result = await soap.ResultAsync(
            $$"""{"service":"orders","operation":"PlaceOrder","port":"{{port}}","httpHeaders":{"X-Keep":"{{port}}"},{{Order}}}"""
        );
        ShouldBe(
            result,
            """{"orderId":1001,"total":47.5,"line":[{"sku":"A-1","qty":2},{"sku":"B & <2>","qty":3,"note":"a\nb\tc"}]}"""
        );
        var headers = soap.Servers.Headers(port);
        if (port == "Orders11")
        {
            headers["content-type"].ShouldBe("text/xml; charset=utf-8");
            headers["soapaction"].ShouldBe("\"urn:orders/PlaceOrder\"");
        }
        else
        {
            headers["content-type"].ShouldBe("application/soap+xml; charset=utf-8; action=\"urn:orders/PlaceOrder\"");
        }
    }

    [Theory]
    [InlineData("1001", "\"shipped\"")]
    [InlineData("2", "\"unknown\"")]
    public async Task A_bare_operation_of_PHP(string input, string expected) =>
        ShouldBe(
            await soap.ResultAsync($$"""{"service":"orders","operation":"GetStatus","input":{{input}}}"""),
            expected
        );

    [Theory]
    [InlineData("Orders11")]
    [InlineData("Orders12")]
    public async Task A_one_way_operation_of_PHP_is_accepted(string port)
    {
        var answer = await soap.CallAsync(
            $$"""{"service":"orders","operation":"Remind","port":"{{port}}","input":1001}"""
        );
        var output = answer.Outputs<CallOutput>();
        output.Status.ShouldBe(202);
        output.Result.ShouldBeNull();
    }

    [Fact]
    public async Task An_rpc_operation_of_PHP() =>
        ShouldBe(
            await soap.ResultAsync(
                """{"service":"stock","operation":"Reserve","input":{"sku":"A-1","quantity":3,"place":{"hall":"N","shelf":7}}}"""
            ),
            """{"reserved":true,"place":{"hall":"N","shelf":7}}"""
        );

    [Theory]
    [InlineData("documents")]
    [InlineData("documents-12")]
    public async Task A_nested_document_goes_to_spyne_and_back(string service)
    {
        var result = await soap.ResultAsync(
            $$$$$"""
            {"service":"{{{{{service}}}}}","operation":"Keep","input":{"document":{
              "title":"Ünïcödé ✓","created":"2026-11-27","draft":false,
              "tags":{"Tag":[{"name":"a","weight":1.50},{"name":"b","weight":null}]}}}}
            """
        );
        var kept = JsonNode.Parse(result)!["KeepResult"]!;
        kept["id"]!.GetValue<int>().ShouldBe(17);
        kept["title"]!.GetValue<string>().ShouldBe("Ünïcödé ✓");
        kept["created"]!.GetValue<string>().ShouldBe("2026-11-27");
        kept["draft"]!.GetValue<bool>().ShouldBeFalse();
        kept["tags"]!["Tag"]!.AsArray().Count.ShouldBe(2);
        kept["tags"]!["Tag"]![0]!["weight"]!.GetValue<decimal>().ShouldBe(1.5m);
    }

    [Fact]
    public async Task A_list_comes_back_from_spyne() =>
        ShouldBe(
            await soap.ResultAsync("""{"service":"documents","operation":"Repeat","input":{"text":"ha","times":3}}"""),
            """{"RepeatResult":{"string":["ha","ha","ha"]}}"""
        );

    [Fact]
    public async Task Unqualified_elements_go_to_npm_soap_with_the_message_id_of_the_task()
    {
        var answer = await soap.CallAsync(
            """{"service":"shipping","operation":"Ship","input":{"order":12,"express":true}}"""
        );
        var output = answer.Outputs<CallOutput>();
        output.Status.ShouldBe(200);
        ShouldBe(
            output.Result!.Value.GetRawText(),
            $$"""{"parcel":"P-12-X","sender":"urn:uuid:{{answer.Request.TaskId}}"}"""
        );
    }

    [Fact]
    public async Task A_SOAP_header_carries_a_secret_that_only_the_service_knows()
    {
        var answer = await soap.CallAsync(
            """
            {"service":"orders","operation":"PlaceOrder","input":{"customer":"session","line":[{"sku":"x","qty":1}]},
             "headers":{"Session":{"token":"{{secrets.session}}"}},"httpHeaders":{"X-Keep":"session"}}
            """
        );
        var result = answer.Outputs<CallOutput>().Result!.Value.GetRawText();
        soap.Servers.Request("session").ShouldContain(SoapFixture.Token);
        result.ShouldNotContain(SoapFixture.Token);
        result.ShouldContain("***");
    }

    [Fact]
    public async Task HTTP_headers_of_the_task_are_sent()
    {
        await soap.CallAsync(
            """{"service":"orders","operation":"GetStatus","input":1,"httpHeaders":{"X-Keep":"headers","X-Case":"17","X-Key":"{{secrets.session}}"}}"""
        );
        var headers = soap.Servers.Headers("headers");
        headers["x-case"].ShouldBe("17");
        headers["x-key"].ShouldBe(SoapFixture.Token);
    }

    [Theory]
    [InlineData("""{"type":"basic","userName":"ada","password":"{{secrets.ada}}"}""")]
    [InlineData("""{"profile":"ada"}""")]
    public async Task The_HTTP_request_proves_who_it_comes_from(string authentication)
    {
        var answer = await soap.CallAsync(
            $$$"""{"service":"orders","operation":"GetStatus","input":1,"httpHeaders":{"X-Keep":"basic"},"authentication":{{{authentication}}}}"""
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        soap.Servers.Headers("basic")["authorization"]
            .ShouldBe($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"ada:{SoapFixture.Password}"))}");
    }

    [Fact]
    public async Task A_service_has_a_profile_for_tasks_that_bring_no_authentication()
    {
        var answer = await soap.CallAsync(
            """{"service":"orders-profile","operation":"GetStatus","input":1,"httpHeaders":{"X-Keep":"profile"}}"""
        );
        answer.Completed.ShouldNotBeNull(answer.Error);
        soap.Servers.Headers("profile")["authorization"].ShouldStartWith("Basic ");
    }

    [Fact]
    public async Task A_service_is_found_whatever_the_case_of_its_name() =>
        (
            await soap.CallAsync("""{"service":"ORDERS","operation":"GetStatus","input":1}""")
        ).Completed.ShouldNotBeNull();

    private static void ShouldBe(string json, string expected) =>
        JsonNode
            .DeepEquals(JsonNode.Parse(json), JsonNode.Parse(expected))
            .ShouldBeTrue($"{json}\nand not\n{expected}");
}
