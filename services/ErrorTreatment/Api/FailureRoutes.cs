using System.Text.Json.Serialization;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.States;
using Integration.ErrorTreatment.Storing;
using Integration.ErrorTreatment.Treating;
using Integration.Hosting;

namespace Integration.ErrorTreatment.Api;

/// <summary>The operators' API.</summary>
internal static class FailureRoutes
{
    public static void AddFailureApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
    }

    public static void MapFailures(this WebApplication app)
    {
        var failures = app.MapGroup("/failures");
        failures
            .MapGet("", ListAsync)
            .For(ApiRole.Viewer)
            .TakesQuery(FilterReader.Known)
            .WithSummary("Lists failures, newest first, and counts them by state.")
            .Produces<FailureList>();
        failures
            .MapGet("/{id}", ShowAsync)
            .For(ApiRole.Viewer)
            .WithSummary("Shows everything that is known of a failure.")
            .Produces<FailureDetail>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        failures.MapPost("/{id}/retry", RetryAsync).Acts("Sends a failure again.");
        failures.MapPost("/{id}/give-up", GiveUpAsync).Acts("Ends a failure; the process gets the error.");
    }

    private static void Acts(this RouteHandlerBuilder route, string summary) =>
        route
            .For(ApiRole.Operator)
            .TakesJson(typeof(OperatorInput), optional: true)
            .TakesHeader("By", "Counts as 'by' where the body has none.")
            .WithSummary(summary)
            .Produces<FailureDetail>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> ListAsync(HttpContext context, FailureQueries queries)
    {
        var (filter, problem) = FilterReader.Read(context.Request.Query);
        if (filter is null)
            return problem!;

        // One more than asked for, to see whether there is a next page.
        var found = await queries.ListAsync(filter with { Limit = filter.Limit + 1 }, context.RequestAborted);
        var page = found.Take(filter.Limit).ToList();
        var next = found.Count > page.Count ? page[^1].Id : null;
        context.LinkNext(next);
        return Results.Ok(
            new FailureList(
                page.ConvertAll(FailureView.Of),
                await queries.CountAsync(filter, context.RequestAborted),
                next
            )
        );
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, FailureQueries queries) =>
        await DetailAsync(id, queries, context.RequestAborted) is { } detail ? Results.Ok(detail) : NotFound(id);

    private static async Task<IResult> RetryAsync(string id, HttpContext context, Ledger ledger, FailureQueries queries)
    {
        var (input, problem) = await OperatorInput.ReadAsync(context);
        return input is null
            ? problem!
            : await AskAsync(new RetryAsked(id, input.By), "retry", context, ledger, queries);
    }

    private static async Task<IResult> GiveUpAsync(
        string id,
        HttpContext context,
        Ledger ledger,
        FailureQueries queries
    )
    {
        var (input, problem) = await OperatorInput.ReadAsync(context);
        if (input is null)
            return problem!;
        return string.IsNullOrWhiteSpace(input.Reason)
            ? ApiProblem.BadField(
                "reason",
                """Say why, for those who read the process later: {"reason": "The customer has withdrawn the order."}"""
            )
            : await AskAsync(new GiveUpAsked(id, input.By, input.Reason.Trim()), "give-up", context, ledger, queries);
    }

    private static async Task<IResult> AskAsync(
        Asked asked,
        string action,
        HttpContext context,
        Ledger ledger,
        FailureQueries queries
    )
    {
        var outcome = await ledger.SubmitAsync(
            asked with
            {
                VerifiedBy = Caller.Of(context).Name,
            },
            context.RequestAborted
        );
        if (outcome.Failure is null)
            return NotFound(asked.FailureId);
        if (outcome.Step == Step.Refuse)
            return Conflict(outcome.Failure, action);
        return Results.Json(
            await DetailAsync(asked.FailureId, queries, context.RequestAborted),
            statusCode: StatusCodes.Status202Accepted
        );
    }

    private static IResult NotFound(string id) =>
        ApiProblem.NotFound(
            "failure",
            $"There is no failure '{id}'. GET /failures lists them; closed ones are forgotten after Treatment__KeepClosed."
        );

    private static IResult Conflict(Failure failure, string action) =>
        ApiProblem.Conflict(
            action,
            $"The failure is in state '{failure.State.Name()}' ({failure.Reason}). {WayOut.Of(failure)}",
            ("state", failure.State.Name()),
            ("possible", FailureView.PossibleFor(failure))
        );

    private static async Task<FailureDetail?> DetailAsync(
        string id,
        FailureQueries queries,
        CancellationToken cancellation
    )
    {
        if (await queries.FindAsync(id, cancellation) is not { } failure)
            return null;
        var attempts = await queries.AttemptsAsync(failure.Id, cancellation);
        var history = await queries.HistoryAsync(failure.Id, cancellation);
        return new FailureDetail(
            FailureView.Of(failure),
            attempts.ConvertAll(AttemptView.Of),
            history.ConvertAll(HistoryView.Of),
            failure.Request,
            failure.Message is null ? null : MessageView.Of(failure.Message)
        );
    }
}
