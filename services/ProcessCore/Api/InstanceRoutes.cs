using System.Text.Json;
using Integration.Contracts;
using Integration.Hosting;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Api;

/// <summary>Process instances: start, list, show, correct, cancel.</summary>
internal static class InstanceRoutes
{
    private static readonly string[] _states = [.. Enum.GetValues<InstanceStatus>().Select(InstanceRow.Name)];

    public static void MapInstances(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/instances", StartAsync).TakesJson(Limits.Body);
        routes.MapGet("/instances", ListAsync).TakesQuery("state", "definition", "businessKey", "before", "limit");
        routes.MapGet("/instances/{id}", ShowAsync);
        routes.MapGet("/instances/{id}/history", HistoryAsync);
        routes.MapPost("/instances/{id}/cancel", CancelAsync).TakesJson(Limits.Body);
        routes.MapPatch("/instances/{id}/variables", SetVariablesAsync).TakesJson(Limits.Body);
    }

    private static async Task<IResult> StartAsync(HttpRequest request, Starts starts, CancellationToken cancellation)
    {
        var (body, problem) = await request.ReadJsonAsync<StartInstance>();
        if (problem is not null)
            return problem;
        if (string.IsNullOrEmpty(body!.Definition))
            return ApiProblem.BadField("definition", "Send the id of a deployed process.");
        if (Body.Variables(body.Variables, out var variables) is { } wrong)
            return wrong;

        var key = Body.IdempotencyKey(request);
        if (
            Names.Check(("definition", body.Definition), ("businessKey", body.BusinessKey), ("Idempotency-Key", key)) is
            ({ } field, { } reason)
        )
            return ApiProblem.BadField(field, reason);
        var result = await starts.StartAsync(
            new StartRequest(body.Definition, body.Version, body.BusinessKey, variables, key, Tenant: null),
            TraceContext.Of(properties: null),
            cancellation
        );
        if (result.Problem is { } refusal)
            return ApiProblem.BadField("definition", refusal.Text);
        var answer = new StartedAnswer(
            result.InstanceId,
            body.Definition,
            result.IsNew ? result.Version : null,
            Repeated: !result.IsNew
        );
        return result.IsNew ? Results.Created($"/instances/{result.InstanceId}", answer) : Results.Ok(answer);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, Queries queries, CancellationToken cancellation)
    {
        var query = new QueryReading(request.Query);
        var state = query.OneOf("state", _states);
        var before = query.Id("before", "Use the last id of the page before.");
        var limit = query.Limit("limit", usual: 100, most: 1000);
        return query.Problem
            ?? Results.Ok(
                await queries.InstancesAsync(
                    state,
                    query.Text("definition"),
                    query.Text("businessKey"),
                    before,
                    limit,
                    cancellation
                )
            );
    }

    private static async Task<IResult> ShowAsync(string id, Queries queries, CancellationToken cancellation) =>
        await queries.InstanceAsync(id, cancellation) is { } state
            ? Results.Ok(InstanceAnswer.Of(state))
            : Problems.NotFound("process instance", "GET /instances lists them.");

    private static async Task<IResult> HistoryAsync(string id, Queries queries, CancellationToken cancellation)
    {
        var history = await queries.HistoryAsync(id, cancellation);
        return history.Count > 0
            ? Results.Ok(history)
            : Problems.NotFound("process instance", "GET /instances lists them.");
    }

    private static async Task<IResult> CancelAsync(
        string id,
        HttpRequest request,
        InstanceWriter writer,
        CancellationToken cancellation
    )
    {
        var (body, problem) = await request.ReadOptionalJsonAsync<CancelInstance>();
        if (problem is not null)
            return problem;
        return await DoAsync(id, new Cancel(body?.Reason ?? "Cancelled by an operator."), writer, cancellation);
    }

    private static async Task<IResult> SetVariablesAsync(
        string id,
        HttpRequest request,
        InstanceWriter writer,
        CancellationToken cancellation
    )
    {
        if (request.Body is not MemoryStream body || body.Position == body.Length)
            return ApiProblem.BadField("body", "Send a JSON object with the variables to set.");
        var variables = await JsonSerializer.DeserializeAsync<JsonElement>(body, cancellationToken: cancellation);
        return variables.ValueKind == JsonValueKind.Object
            ? await DoAsync(id, new SetVariables(variables), writer, cancellation)
            : ApiProblem.BadField("body", "Send a JSON object with the variables to set.");
    }

    /// <summary>Has an instance obey, and answers with what it is then.</summary>
    public static async Task<IResult> DoAsync(
        string id,
        Command command,
        InstanceWriter writer,
        CancellationToken cancellation
    )
    {
        var outcome = await writer.DoAsync(
            new InstanceWork(id, command, TraceContext.Of(properties: null)),
            cancellation
        );
        return outcome.Kind switch
        {
            OutcomeKind.NotFound => Problems.NotFound("process instance", "GET /instances lists them."),
            OutcomeKind.Refused => Problems.Conflict(outcome.Reason!),
            _ => Results.Ok(InstanceAnswer.Of(outcome.State!)),
        };
    }
}
