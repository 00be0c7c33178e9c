using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Integration.Standalone.Samples;
using Microsoft.AspNetCore.Builder;

namespace Integration.Standalone.Tests;

public sealed class Sample_systems : IAsyncLifetime
{
    private readonly WebApplication _systems = SampleSystems.Create(port: 0);
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await _systems.StartAsync();
        _client = new HttpClient { BaseAddress = _systems.Address() };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _systems.DisposeAsync();
    }

    [Theory]
    [InlineData("ana", false)]
    [InlineData("clara", true)]
    public async Task The_black_list_answers_in_both_cases(string applicant, bool listed) =>
        (await Get($"/black-list/entries/{applicant}"))["listed"]!.GetValue<bool>().ShouldBe(listed);

    [Fact]
    public async Task The_register_knows_its_applicants_only()
    {
        (await Get("/register/applicants/ana"))["income"]!.GetValue<decimal>().ShouldBe(5200);
        (await _client.GetAsync("/register/applicants/nobody")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(9000, true)]
    [InlineData(90000, false)]
    public async Task Borrowing_capacity_depends_on_the_instalment(decimal amount, bool sufficient)
    {
        var answer = await Post("/capacity/checks", Check(amount), key: "k");

        (await Json(answer))["sufficient"]!.GetValue<bool>().ShouldBe(sufficient);
    }

    [Fact]
    public async Task Borrowing_capacity_of_no_months_is_refused_and_does_nothing()
    {
        var answer = await Post("/capacity/checks", new { reference = "CR-1", months = 0 }, key: "k");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Effects()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_bureau_rates_by_query_parameter()
    {
        (await Get("/bureau/scores?applicant=ana"))["score"]!.GetValue<int>().ShouldBe(712);
        (await Get("/bureau/scores?applicant=bruno"))["score"]!.GetValue<int>().ShouldBe(410);
        (await _client.GetAsync("/bureau/scores")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("01001-000")]
    [InlineData("01001000")]
    public async Task A_ZIP_code_is_found_with_and_without_its_hyphen(string cep)
    {
        var address = await Get($"/viacep/ws/{cep}/json/");

        address["cep"]!.GetValue<string>().ShouldBe("01001-000");
        address["localidade"]!.GetValue<string>().ShouldBe("São Paulo");
        address["uf"]!.GetValue<string>().ShouldBe("SP");
    }

    [Fact]
    public async Task An_unknown_ZIP_code_is_answered_with_200_and_erro() =>
        (await Get("/viacep/ws/99999-999/json/"))["erro"]!.GetValue<bool>().ShouldBeTrue();

    [Theory]
    [InlineData("1001")]
    [InlineData("01001-00a")]
    [InlineData("010010000")]
    public async Task What_is_no_ZIP_code_is_answered_with_400_and_no_JSON(string cep)
    {
        var answer = await _client.GetAsync($"/viacep/ws/{cep}/json/");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task A_repeated_idempotency_key_gets_the_first_answer_and_does_nothing()
    {
        var first = await Json(await Post("/invoicing/orders", Order(), key: "t-1"));
        var second = await Json(await Post("/invoicing/orders", Order(), key: "t-1"));

        second.ToJsonString().ShouldBe(first.ToJsonString());
        var effect = (await Effects()).ShouldHaveSingleItem()!;
        effect["system"]!.GetValue<string>().ShouldBe("invoicing");
        effect["about"]!.GetValue<string>().ShouldBe("ORDER-1");
        effect["calls"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_key_or_with_another_one_it_is_done_again()
    {
        foreach (var key in (string?[])["t-1", "t-2", null, null])
            (await Post("/invoicing/orders", Order(), key)).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await Effects()).Count.ShouldBe(4);
    }

    [Fact]
    public async Task The_carrier_fails_twice_for_an_order_then_takes_it()
    {
        for (var call = 1; call <= 2; call++)
        {
            var overloaded = await Post("/carrier/orders", Order(), key: "t-1");
            overloaded.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            overloaded.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        }

        (await Post("/carrier/orders", Order(), key: "t-1")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Effects()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_warehouse_refuses_until_it_is_repaired()
    {
        var refused = await Post("/warehouse/orders", Order(), key: "t-1");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Json(refused))["error"]!.GetValue<string>().ShouldContain("A-7");

        (await _client.PostAsync("/warehouse/repair", content: null)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Post("/warehouse/orders", Order(), key: "t-1")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Effects()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_web_page_repairs_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/warehouse/repair");
        request.Headers.Add("Origin", "http://evil.example");
        (await _client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var refused = await Post("/warehouse/orders", Order(), key: "t-1");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public void They_listen_on_loopback_only() => _systems.Address().Host.ShouldBe("127.0.0.1");

    private static object Order() =>
        new
        {
            id = "ORDER-1",
            article = "A-7",
            quantity = 3,
        };

    private static object Check(decimal amount) =>
        new
        {
            reference = "CR-1",
            income = 5200,
            obligations = 900,
            amount,
            months = 12,
        };

    private async Task<JsonNode> Get(string path) => (await _client.GetFromJsonAsync<JsonNode>(path))!;

    private async Task<HttpResponseMessage> Post(string path, object body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await _client.SendAsync(request);
    }

    private async Task<JsonArray> Effects() => (await Get("/ledger"))["effects"]!.AsArray();

    private static async Task<JsonNode> Json(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
}
