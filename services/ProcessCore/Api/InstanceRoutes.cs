using System.Text.Json;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Api;

/// <summary>Process instances: start, list, show, correct, cancel.</summary>
internal static class InstanceRoutes
{
    private static readonly string[] _states = [.. Enum.GetValues<InstanceStatus>().Select(InstanceRow.Name)];

    public static void MapInstances(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/instances", StartAsync);
        routes.MapGet("/instances", ListAsync);
        routes.MapGet("/instances/{id}", ShowAsync);
        routes.MapGet("/instances/{id}/history", HistoryAsync);
        routes.MapPost("/instances/{id}/cancel", CancelAsync);
        routes.MapPatch("/instances/{id}/variables", SetVariablesAsync);
    }

    private static async Task<IResult> StartAsync(HttpRequest request, Starts starts, CancellationToken cancellation)
    {
        var (body, problem) = await Body.JsonAsync<StartInstance>(request);
        if (problem is not null)
            return problem;
        if (string.IsNullOrEmpty(body!.Definition))
            return Problems.BadRequest("definition", "Send the id of a deployed process.");
        if (Body.Variables(body.Variables, out var variables) is { } wrong)
            return wrong;

        var key = request.Headers["Idempotency-Key"].ToString();
        if (
            Names.Check(("businessKey", body.BusinessKey), ("Idempotency-Key", key.Length == 0 ? null : key)) is
            ({ } field, { } reason)
        )
            return Problems.BadRequest(field, reason);
        var result = await starts.StartAsync(
            new StartRequest(
                body.Definition,
                body.Version,
                body.BusinessKey,
                variables,
                key.Length == 0 ? null : key,
                Tenant: null
            ),
            TraceContext.Of(properties: null),
            cancellation
        );
        if (result.Problem is { } refusal)
            return Problems.BadRequest("definition", refusal.Text);
        var answer = new StartedAnswer(
            result.InstanceId,
            body.Definition,
            result.IsNew ? result.Version : null,
            Repeated: !result.IsNew
        );
        return result.IsNew ? Results.Created($"/instances/{result.InstanceId}", answer) : Results.Ok(answer);
    }

    private static async Task<IResult> ListAsync(
        string? state,
        string? definition,
        string? businessKey,
        string? before,
        int? limit,
        Queries queries,
        CancellationToken cancellation
    )
    {
        if (state is not null && !_states.Contains(state, StringComparer.Ordinal))
            return Problems.BadRequest("state", $"Use one of {string.Join(", ", _states)}.");
        if (limit is < 1 or > 1000)
            return Problems.BadRequest("limit", "Use a number from 1 to 1000.");
        return Results.Ok(
            await queries.InstancesAsync(state, definition, businessKey, before, limit ?? 100, cancellation)
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
        var (body, problem) = await Body.OptionalJsonAsync<CancelInstance>(request);
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
        var (bytes, problem) = await Body.BytesAsync(request, Contracts.Limits.Body);
        if (problem is not null)
            return problem;
        try
        {
            var variables = JsonElement.Parse(bytes);
            return variables.ValueKind == JsonValueKind.Object
                ? await DoAsync(id, new SetVariables(variables), writer, cancellation)
                : Problems.BadRequest("body", "Send a JSON object with the variables to set.");
        }
        catch (JsonException e)
        {
            return Problems.BadRequest("body", $"This is not JSON: {e.Message}");
        }
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
