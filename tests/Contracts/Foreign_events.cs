using System.Text.Json;

namespace Integration.Contracts.Tests;

/// <summary>JSON as a publisher in another language writes it.</summary>
public sealed class Foreign_events
{
    private const string _task = """
        { "taskId": "t-1", "operation": "rest.request", "version": 1, "replyTo": "engine", "inputs": {"a": 1} }
        """;

    [Fact]
    public void The_smallest_request_has_the_defaults_of_the_contract()
    {
        var task = Read<TaskRequested>(EventTypes.TaskRequested, _task);

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
    public void A_moment_is_read_in_every_form_of_RFC_3339(string deadline)
    {
        var task = Read<TaskRequested>(
            EventTypes.TaskRequested,
            _task.Replace("\"version\"", $"\"deadline\": \"{deadline}\", \"version\"", StringComparison.Ordinal)
        );

        task.Deadline.ShouldBe(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero));
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
    [InlineData("attempt", "null")]
    [InlineData("deadline", "\"tomorrow\"")]
    [InlineData("deadline", "1764583200")]
    [InlineData("process", "\"credit-request\"")]
    public void A_field_of_the_wrong_kind_is_refused_by_name(string field, string value)
    {
        var task = JsonSerializer.Deserialize<Dictionary<string, object?>>(_task)!;
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

    private static T Read<T>(string eventType, string json) =>
        JsonSerializer.Deserialize(json, ContractEvents.ByType[eventType]).ShouldBeOfType<T>();

    private static string Refused(string eventType, string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize(json, ContractEvents.ByType[eventType])).Message;
}
