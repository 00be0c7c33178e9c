using System.Net;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ProcessCore.Tests.Persistence;

/// <summary>What services announce, as <c>GET /contracts</c> shows it.</summary>
public sealed class CatalogueTests : CoreTest
{
    private static readonly string _hash = new('a', 64);

    private static OperationContract Contract(string name = "rest.request", string description = "Sends a request.") =>
        new(
            name,
            1,
            "idempotent",
            JsonElement.Parse("""{"type":"object","properties":{"url":{"type":"string"}},"required":["url"]}"""),
            JsonElement.Parse("""{"type":"object"}"""),
            [new DeclaredError(ErrorCategory.Access, "unauthorised", "Refused.", "Correct the credentials.")],
            description
        );

    private Task AnnounceAsync(
        string instance = "one",
        OperationContract? contract = null,
        string service = "rest",
        string? hash = null,
        DateTimeOffset? at = null,
        OperationReference? operation = null,
        string? user = null
    )
    {
        contract ??= Contract();
        var announced = Bus.Messages.Of(
            new ServiceAnnounced(
                new ServiceReference(service, "1.0", instance),
                at ?? DateTimeOffset.UtcNow,
                [operation ?? new OperationReference(contract.Name, contract.Version, contract.Effect)],
                hash ?? _hash,
                [contract]
            )
        );
        return Bus.DeliverAsync(announced with { Properties = announced.Properties with { UserId = user } });
    }

    private Task BeatAsync(string instance, string? hash, DateTimeOffset? at = null) =>
        Bus.DeliverAsync(
            Bus.Messages.Of(
                new ServiceHeartbeat(
                    new ServiceReference("rest", "1.0", instance),
                    at ?? DateTimeOffset.UtcNow,
                    0,
                    hash
                )
            )
        );

    [Fact]
    public async Task The_whole_contract_of_what_is_deployed_is_served()
    {
        await using var core = await StartAsync();

        await AnnounceAsync();

        var operation = (await core.GetAsync("/contracts")).EnumerateArray().ShouldHaveSingleItem();
        operation.GetProperty("name").GetString().ShouldBe("rest.request");
        operation.GetProperty("state").GetString().ShouldBe("alive");
        operation.GetProperty("conflict").GetBoolean().ShouldBeFalse();
        var contract = operation.GetProperty("contract");
        contract.GetProperty("inputs").GetProperty("required")[0].GetString().ShouldBe("url");
        contract.GetProperty("errors")[0].GetProperty("category").GetString().ShouldBe("access");
        var offer = operation.GetProperty("offeredBy").EnumerateArray().ShouldHaveSingleItem();
        offer.GetProperty("service").GetString().ShouldBe("rest");
        offer.GetProperty("instance").GetString().ShouldBe("one");
        offer.GetProperty("contractHash").GetString().ShouldBe(_hash);
        (await core.GetAsync("/contracts/rest.request/1")).GetProperty("effect").GetString().ShouldBe("idempotent");
    }

    [Theory]
    [InlineData("mail.send", 1)]
    [InlineData("rest.request", 2)]
    public async Task A_contract_of_what_is_not_among_the_operations_is_not_served(string name, int version)
    {
        await using var core = await StartAsync(
            $"--Bus:TrustFile={RepositoryFolder.File("deploy/rabbitmq/trust.json")}"
        );

        await AnnounceAsync(
            contract: Contract(name) with
            {
                Version = version,
            },
            operation: new OperationReference("rest.request", 1, "idempotent"),
            user: "rest"
        );

        await Eventually.TrueAsync(() => Bus.Errors.Count == 1);
        var error = Bus.Errors[0].Error;
        error.Code.ShouldBe("malformed-message");
        error.Message.ShouldContain($"contracts: '{name}' version {version}");
        (await core.GetAsync("/contracts")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_catalogue_outlives_the_core()
    {
        await using (await StartAsync())
            await AnnounceAsync();

        await using var next = await StartAsync();

        (await next.GetAsync("/contracts")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_queue_outlives_the_core_and_cannot_grow_without_end()
    {
        await using var core = await StartAsync();

        var pipe = Bus.PipeOf("integration.process-core.catalogue");

        pipe.Temporary.ShouldBeFalse();
        pipe.KeepNewest.ShouldNotBeNull();
        pipe.Bindings.Select(binding => binding.Pattern).ShouldBe(["announce.#", "heartbeat.#"]);
    }

    [Fact]
    public async Task Who_is_heard_of_with_contracts_that_are_not_known_is_asked_for_them_once()
    {
        await using var core = await StartAsync();

        await BeatAsync("one", _hash);
        await BeatAsync("one", _hash);

        var question = Bus.Questions.ShouldHaveSingleItem();
        question.Service.ShouldBe("rest");
        question.Instance.ShouldBe("one");
        Bus.Published.Single().RoutingKey.ShouldBe("describe.rest");
    }

    [Fact]
    public async Task Who_has_other_contracts_than_it_announced_is_asked_and_a_known_one_is_not()
    {
        await using var core = await StartAsync();
        await AnnounceAsync("one");
        await AnnounceAsync("two");

        await BeatAsync("one", _hash);
        Bus.Questions.ShouldBeEmpty();
        await BeatAsync("two", new string('b', 64));

        Bus.Questions.ShouldHaveSingleItem().Instance.ShouldBe("two");
    }

    [Fact]
    public async Task Nobody_is_asked_who_is_gone_or_cannot_answer()
    {
        await using var core = await StartAsync();

        await BeatAsync("gone", _hash, DateTimeOffset.UtcNow.AddMinutes(-10));
        await BeatAsync("of the previous release", hash: null);

        Bus.Questions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_that_announces_no_contracts_is_listed_with_its_operations()
    {
        await using var core = await StartAsync();

        // As the previous release, and peers written from its page, announce themselves.
        await Bus.DeliverAsync(
            new OutgoingMessage(
                Exchanges.Control,
                "announce.node",
                new MessageProperties(),
                """
                {"service":{"name":"node"},"occurredAt":"2026-12-01T08:00:00Z",
                 "operations":[{"name":"node.echo","version":1,"effect":"read"}]}
                """u8.ToArray()
            )
        );

        var operation = await core.GetAsync("/contracts/node.echo/1");
        operation.GetProperty("effect").GetString().ShouldBe("read");
        operation.TryGetProperty("contract", out _).ShouldBeFalse();
        Bus.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_that_is_silent_counts_as_gone_until_it_is_heard_of_again()
    {
        await using var core = await StartAsync();
        await AnnounceAsync(at: DateTimeOffset.UtcNow.AddMinutes(-10));

        (await core.GetAsync("/contracts"))[0].GetProperty("state").GetString().ShouldBe("gone");
        await BeatAsync("one", _hash);

        (await core.GetAsync("/contracts"))[0].GetProperty("state").GetString().ShouldBe("alive");
    }

    [Fact]
    public async Task Old_news_that_come_late_do_not_make_a_service_older()
    {
        await using var core = await StartAsync();
        await AnnounceAsync();

        await BeatAsync("one", _hash, DateTimeOffset.UtcNow.AddMinutes(-10));
        await AnnounceAsync(contract: Contract(description: "Old."), at: DateTimeOffset.UtcNow.AddMinutes(-10));

        var operation = (await core.GetAsync("/contracts"))[0];
        operation.GetProperty("state").GetString().ShouldBe("alive");
        operation.GetProperty("contract").GetProperty("description").GetString().ShouldBe("Sends a request.");
    }

    [Fact]
    public async Task Services_that_promise_different_things_for_one_operation_are_shown_with_both()
    {
        await using var core = await StartAsync();
        await AnnounceAsync("old", Contract(description: "Old."), at: DateTimeOffset.UtcNow.AddSeconds(-5));
        await AnnounceAsync("new", Contract(description: "New."), hash: new string('b', 64));

        var operation = (await core.GetAsync("/contracts"))[0];

        operation.GetProperty("conflict").GetBoolean().ShouldBeTrue();
        operation.GetProperty("contract").GetProperty("description").GetString().ShouldBe("New.");
        var old = operation
            .GetProperty("offeredBy")
            .EnumerateArray()
            .Single(o => o.GetProperty("instance").GetString() == "old");
        old.GetProperty("contract").GetProperty("description").GetString().ShouldBe("Old.");
    }

    [Fact]
    public async Task A_contract_of_a_service_that_is_gone_is_no_conflict_with_the_one_that_is_there()
    {
        await using var core = await StartAsync();
        await AnnounceAsync("old", Contract(description: "Old."), at: DateTimeOffset.UtcNow.AddMinutes(-10));
        await AnnounceAsync("new", Contract(description: "New."), hash: new string('b', 64));

        var operation = (await core.GetAsync("/contracts"))[0];

        operation.GetProperty("conflict").GetBoolean().ShouldBeFalse();
        operation.GetProperty("contract").GetProperty("description").GetString().ShouldBe("New.");
    }

    [Fact]
    public async Task The_list_can_be_of_one_service()
    {
        await using var core = await StartAsync();
        await AnnounceAsync();
        await AnnounceAsync(service: "mail", contract: Contract("mail.send"));

        var names = (await core.GetAsync("/contracts?service=mail"))
            .EnumerateArray()
            .Select(operation => operation.GetProperty("name").GetString());

        names.ShouldBe(["mail.send"]);
        (await core.GetAsync("/contracts?service=none")).GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("/contracts/rest.request/2", HttpStatusCode.NotFound, "version 1")]
    [InlineData("/contracts/none/1", HttpStatusCode.NotFound, "GET /contracts")]
    [InlineData("/contracts/rest.request/one", HttpStatusCode.BadRequest, "whole number")]
    [InlineData("/contracts/rest.request/0", HttpStatusCode.BadRequest, "whole number")]
    public async Task What_is_not_there_is_told_with_the_way_out(string path, HttpStatusCode status, string word)
    {
        await using var core = await StartAsync();
        await AnnounceAsync();

        using var answer = await core.Http.GetAsync(path, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(word);
    }

    [Fact]
    public async Task What_was_not_heard_of_for_long_is_forgotten()
    {
        await using var core = await StartAsync("--Core:ContractRetention=00:02:00");
        await AnnounceAsync("new");
        await AnnounceAsync("old", at: DateTimeOffset.UtcNow.AddMinutes(-3));

        await Eventually.TrueAsync(async () => await core.CountAsync("contracts") == 1);
        (await core.GetAsync("/contracts"))[0]
            .GetProperty("offeredBy")[0]
            .GetProperty("instance")
            .GetString()
            .ShouldBe("new");
    }

    [Theory]
    [InlineData("announce.mail", """{"service":{"name":"rest"},"occurredAt":"2026-12-01T08:00:00Z","operations":[]}""")]
    [InlineData("announce.rest", """{"service":{"name":"rest"},"occurredAt":"2026-12-01T08:00:00","operations":[]}""")]
    [InlineData(
        "announce.rest",
        """{"service":{"name":"rest","instance":"a\u0000"},"occurredAt":"2026-12-01T08:00:00Z","operations":[]}"""
    )]
    public async Task An_announcement_that_is_not_what_it_should_be_is_a_visible_failure(string key, string body)
    {
        await using var core = await StartAsync();

        await Bus.DeliverAsync(
            new OutgoingMessage(
                Exchanges.Control,
                key,
                new MessageProperties(),
                System.Text.Encoding.UTF8.GetBytes(body)
            )
        );

        Bus.Errors.ShouldHaveSingleItem().Source!.RoutingKey.ShouldBe(key);
        (await core.GetAsync("/contracts")).GetArrayLength().ShouldBe(0);
    }
}
