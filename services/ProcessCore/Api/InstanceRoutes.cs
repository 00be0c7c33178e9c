using System.Text.Json;
using Integration.Hosting;
using Integration.ProcessCore.Engine;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Api;

/// <summary>Process instances: start, list, show, correct, cancel.</summary>
internal static class InstanceRoutes
{
    private static readonly QueryParameter _state = QueryParameter.OneOf(
        "state",
        "Only those in this state.",
        [.. Enum.GetValues<InstanceStatus>().Select(InstanceRow.Name)]
    );

    private static readonly QueryParameter _definition = QueryParameter.Text(
        "definition",
        "Only those of the process with this id."
    );

    private static readonly QueryParameter _businessKey = QueryParameter.Text(
        "businessKey",
        "Only those with this business key."
    );

    public static void MapInstances(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/instances", StartAsync)
            .For(ApiRole.Operator)
            .TakesJson(typeof(StartInstance))
            .TakesHeader("Idempotency-Key", "Repeating a request with the same key starts nothing a second time.")
            .WithSummary("Starts a process instance.")
            .Produces<StartedAnswer>(StatusCodes.Status201Created)
            .Produces<StartedAnswer>();
        routes
            .MapGet("/instances", ListAsync)
            .For(ApiRole.Viewer)
            .TakesQuery(_state, _definition, _businessKey, Paging.After, CorePaging.Before, Paging.Limit)
            .WithSummary("Lists process instances, the youngest first.")
            .Produces<IReadOnlyList<InstanceSummary>>();
        routes
            .MapGet("/instances/{id}", ShowAsync)
            .For(ApiRole.Viewer)
            .WithSummary("Shows everything that is known of a process instance.")
            .Produces<InstanceAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes
            .MapGet("/instances/{id}/history", HistoryAsync)
            .For(ApiRole.Viewer)
            .WithSummary("Lists what has happened to a process instance, the oldest first.")
            .Produces<IReadOnlyList<HistoryAnswer>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes
            .MapPost("/instances/{id}/cancel", CancelAsync)
            .For(ApiRole.Operator)
            .TakesJson(typeof(CancelInstance), optional: true)
            .WithSummary("Ends a process instance and withdraws its tasks.")
            .Produces<InstanceAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        routes
            .MapPatch("/instances/{id}/variables", SetVariablesAsync)
            .For(ApiRole.Operator)
            .TakesJson()
            .WithSummary("Sets variables of a process instance; those that are not named stay.")
            .Produces<InstanceAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
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
            new StartRequest(
                body.Definition,
                body.Version,
                body.BusinessKey,
                variables,
                key,
                Tenant: null,
                By: Caller.Of(request.HttpContext).Name
            ),
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

    private static async Task<IResult> ListAsync(HttpContext context, Queries queries, CancellationToken cancellation)
    {
        var query = new QueryReading(context.Request.Query);
        var state = query.Text(_state);
        var after = CorePaging.Read(query);
        var limit = query.Number(Paging.Limit);
        if (query.Problem is { } problem)
            return problem;
        var (instances, next) = await queries.InstancesAsync(
            state,
            query.Text(_definition),
            query.Text(_businessKey),
            after,
            limit,
            cancellation
        );
        context.LinkNext(next);
        return Results.Ok(instances);
    }

    private static async Task<IResult> ShowAsync(string id, Queries queries, CancellationToken cancellation) =>
        await queries.InstanceAsync(id, cancellation) is { } state
            ? Results.Ok(InstanceAnswer.Of(state))
            : ApiProblem.NotFound("process instance", "GET /instances lists them.");

    private static async Task<IResult> HistoryAsync(string id, Queries queries, CancellationToken cancellation)
    {
        var history = await queries.HistoryAsync(id, cancellation);
        return history.Count > 0
            ? Results.Ok(history)
            : ApiProblem.NotFound("process instance", "GET /instances lists them.");
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
        return await DoAsync(
            id,
            "cancel",
            new Cancel(body?.Reason ?? "Cancelled by an operator.") { By = Caller.Of(request.HttpContext).Name },
            writer,
            cancellation
        );
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
            ? await DoAsync(
                id,
                "variables",
                new SetVariables(variables) { By = Caller.Of(request.HttpContext).Name },
                writer,
                cancellation
            )
            : ApiProblem.BadField("body", "Send a JSON object with the variables to set.");
    }

    /// <summary>Has an instance obey, and answers with what it is then.</summary>
    public static async Task<IResult> DoAsync(
        string id,
        string action,
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
            WorkResultKind.NotFound => ApiProblem.NotFound("process instance", "GET /instances lists them."),
            WorkResultKind.Refused => ApiProblem.Conflict(action, outcome.Reason!),
            _ => Results.Ok(InstanceAnswer.Of(outcome.State!)),
        };
    }
}
