using System.Text.Json;

namespace Integration.Contracts.Tests;

/// <summary>JSON as a publisher in another language writes it.</summary>
public sealed class Foreign_events
{
    private const string Task = """
        { "taskId": "t-1", "operation": "rest.request", "version": 1, "replyTo": "engine", "inputs": {"a": 1} }
        """;

    [Fact]
    public void The_smallest_request_has_the_defaults_of_the_contract()
    {
        var task = Read<TaskRequested>(EventTypes.TaskRequested, Task);

        task.TaskId.ShouldBe("t-1");
        task.Inputs.GetProperty("a").GetInt32().ShouldBe(1);
        task.Attempt.ShouldBe(1);
        task.Process.ShouldBeNull();
        task.Deadline.ShouldBeNull();
        task.Tenant.ShouldBeNull();
    }

    [Fact]
    public void Unknown_fields_are_ignored_wherever_they_stand()
    {
        var task = Read<TaskRequested>(
            EventTypes.TaskRequested,
            """
            { "priority": 7, "taskId": "t-1", "operation": "rest.request", "version": 1, "replyTo": "engine",
              "process": {"instanceId": "1", "definition": "credit-request", "lane": {"name": "Sales"}},
              "inputs": {}, "$schema": "x" }
            """
        );

        task.Process.ShouldBe(new ProcessReference("1", "credit-request"));
    }

    [Fact]
    public void Optional_fields_may_be_null()
    {
        var task = Read<TaskRequested>(
            EventTypes.TaskRequested,
            """
            { "taskId": "t-1", "operation": "rest.request", "version": 1, "replyTo": "engine", "inputs": {},
              "process": null, "deadline": null, "tenant": null }
            """
        );

        task.Deadline.ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-12-01T10:00:00Z")]
    [InlineData("2026-12-01T10:00:00.000Z")]
    [InlineData("2026-12-01T11:00:00+01:00")]
    [InlineData("2026-12-01T10:00:00.0000000+00:00")]
    [InlineData("2026-12-01T10:00:00.00000000000000000000Z")]
    [InlineData("2026-12-01t10:00:00z")]
    [InlineData("2026-12-01T09:59:60Z")]
    [InlineData("2026-12-01T10:00:00-00:00")]
    [InlineData("2026-12-02T09:59:00+23:59")]
    [InlineData("2026-11-30T14:00:00-20:00")]
    [InlineData("2026-12-01T10:00:00\\u005a")]
    public void A_moment_is_read_in_every_form_of_RFC_3339(string deadline)
    {
        var task = Read<TaskRequested>(
            EventTypes.TaskRequested,
            Task.Replace("\"version\"", $"\"deadline\": \"{deadline}\", \"version\"", StringComparison.Ordinal)
        );

        task.Deadline.ShouldBe(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("2026-12-01T10:00:00")]
    [InlineData("2026-12-01T10:00:00.5")]
    [InlineData("2026-12-01T10:00Z")]
    [InlineData("2026-12-01")]
    [InlineData("2026-12-01 10:00:00Z")]
    [InlineData("2026-12-01T10:00:00+0100")]
    [InlineData("2026-12-01T10:00:00+24:00")]
    [InlineData("2026-12-01T25:00:00Z")]
    [InlineData("2026-02-30T10:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    public void A_moment_that_nobody_can_be_sure_of_is_refused_by_name(string deadline) =>
        Refused(
                EventTypes.TaskRequested,
                Task.Replace("\"version\"", $"\"deadline\": \"{deadline}\", \"version\"", StringComparison.Ordinal)
            )
            .ShouldContain("deadline");

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.000")]
    [InlineData("1e0")]
    [InlineData("0.1e1")]
    [InlineData("10E-1")]
    public void A_whole_number_may_be_written_as_JSON_Schema_allows(string version) =>
        Read<TaskRequested>(
            EventTypes.TaskRequested,
            Task.Replace("\"version\": 1", $"\"version\": {version}", StringComparison.Ordinal)
        )
            .Version.ShouldBe(1);

    [Theory]
    [InlineData(1, true)]
    [InlineData(1_000_000, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1_000_001, false)]
    [InlineData(2_147_483_647, false)]
    [InlineData(2_147_483_648, false)]
    public void An_attempt_is_1_to_a_million(long attempt, bool taken)
    {
        var refusal = EventReader.Refusal(
            EventTypes.TaskRequested,
            Task.Replace("\"version\"", $"\"attempt\": {attempt}, \"version\"", StringComparison.Ordinal)
        );

        (refusal is null).ShouldBe(taken);
        refusal?.ShouldContain("attempt");
    }

    [Theory]
    [InlineData("\"taskId\": \"t-2\",", "taskId")]
    [InlineData("\"replyTo\": \"other\",", "replyTo")]
    [InlineData("\"inputs\": {},", "inputs")]
    [InlineData("\"process\": {\"instanceId\": \"1\", \"instanceId\": \"2\", \"definition\": \"d\"},", "instanceId")]
    public void A_field_of_the_contract_that_stands_twice_is_refused_by_name(string more, string field) =>
        Refused(
                EventTypes.TaskRequested,
                Task.Replace("{ \"taskId\"", $"{{ {more} \"taskId\"", StringComparison.Ordinal)
            )
            .ShouldContain(field);

    [Fact]
    public void In_JSON_of_any_kind_the_last_one_of_a_name_counts()
    {
        var task = Read<TaskRequested>(
            EventTypes.TaskRequested,
            Task.Replace("{\"a\": 1}", "{\"a\": 1, \"a\": 2, \"b\": {\"c\": 1, \"c\": 2}}", StringComparison.Ordinal)
        );

        task.Inputs.GetProperty("a").GetInt32().ShouldBe(2);
    }

    public static TheoryData<string, bool> Ids =>
        new()
        {
            { new string('x', 200), true },
            { new string('x', 201), false },
            // 230 bytes and 231; 200 characters that are 210 halves.
            { new string('ü', 115), true },
            { new string('ü', 115) + "x", false },
            { new string('x', 190) + string.Concat(Enumerable.Repeat("🐎", 10)), true },
            { "a\u0000", false },
            { "a\u001f", false },
            { "a\u0085", false },
            { "", false },
        };

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_task_id_follows_one_rule_in_every_event(string id, bool taken)
    {
        foreach (var type in EventTypes.All.Where(type => type.StartsWith("task.", StringComparison.Ordinal)))
        {
            var e = System.Text.Json.Nodes.JsonNode.Parse(
                JsonSerializer.Serialize(Samples.ByType[type], ContractEvents.ByType[type])
            )!;
            e["taskId"] = id;
            if (e["request"] is { } request)
                request["taskId"] = id;

            (EventReader.Refusal(type, e.ToJsonString()) is null).ShouldBe(taken, type);
        }
    }

    [Theory]
    [InlineData("connectivity", ErrorCategory.Connectivity)]
    [InlineData("access", ErrorCategory.Access)]
    [InlineData("data", ErrorCategory.Data)]
    [InlineData("volumetric", ErrorCategory.Volumetric)]
    [InlineData("business", ErrorCategory.Business)]
    [InlineData("in-doubt", ErrorCategory.InDoubt)]
    [InlineData("internal", ErrorCategory.Internal)]
    public void A_category_is_read_and_written_by_its_name_on_the_wire(string name, ErrorCategory category)
    {
        var errored = Read<TaskErrored>(EventTypes.TaskErrored, Errored($"\"{name}\""));

        errored.Error.Category.ShouldBe(category);
        RoutingKeys.Name(category).ShouldBe(name);
        JsonSerializer.Serialize(errored, ContractJson.Default.TaskErrored).ShouldContain($"\"category\":\"{name}\"");
    }

    [Theory]
    [InlineData("\"weather\"")]
    [InlineData("\"InDoubt\"")]
    [InlineData("5")]
    [InlineData("\"5\"")]
    [InlineData("99")]
    [InlineData("null")]
    public void A_category_that_the_contract_does_not_have_is_refused_by_name(string category) =>
        Refused(EventTypes.TaskErrored, Errored(category)).ShouldContain("category");

    [Fact]
    public void An_error_of_a_message_without_a_task_id_can_be_told()
    {
        var errored = Read<TaskErrored>(EventTypes.TaskErrored, Errored("\"data\""));

        errored.TaskId.ShouldBeNull();
        errored.Attempt.ShouldBe(1);
    }

    [Theory]
    [InlineData("version", "\"1\"")]
    [InlineData("version", "1.5")]
    [InlineData("version", "true")]
    [InlineData("taskId", "17")]
    [InlineData("taskId", "null")]
    [InlineData("replyTo", "null")]
    [InlineData("deadline", "\"tomorrow\"")]
    [InlineData("deadline", "1764583200")]
    [InlineData("process", "\"credit-request\"")]
    public void A_field_of_the_wrong_kind_is_refused_by_name(string field, string value)
    {
        var task = JsonSerializer.Deserialize<Dictionary<string, object?>>(Task)!;
        task[field] = JsonDocument.Parse(value).RootElement;

        Refused(EventTypes.TaskRequested, JsonSerializer.Serialize(task)).ShouldContain(field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"task\"")]
    [InlineData("{\"taskId\": \"t-1\",}")]
    [InlineData("// a comment\n{}")]
    public void What_is_no_JSON_object_is_refused(string text) =>
        Refused(EventTypes.TaskRequested, text).ShouldNotBeEmpty();

    private static string Errored(string category) =>
        $$"""
            { "occurredAt": "2026-12-01T10:00:00Z", "service": {"name": "billing"},
              "error": {"category": {{category}}, "code": "no-such-customer", "message": "There is no customer 17."} }
            """;

    private static T Read<T>(string eventType, string json) => EventReader.Read(eventType, json).ShouldBeOfType<T>();

    private static string Refused(string eventType, string json) =>
        EventReader.Refusal(eventType, json).ShouldNotBeNull();
}
