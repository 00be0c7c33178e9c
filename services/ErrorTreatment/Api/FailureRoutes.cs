using System.Text.Json.Serialization;
using Integration.ErrorTreatment.States;
using Integration.ErrorTreatment.Storing;
using Integration.ErrorTreatment.Treating;
using Integration.Hosting;

namespace Integration.ErrorTreatment.Api;

/// <summary>The operators' API.</summary>
internal static class FailureRoutes
{
    private const int LargestBody = 64 * 1024;

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
        failures.MapGet("", ListAsync).TakesQuery(FilterReader.Known);
        failures.MapGet("/{id}", ShowAsync);
        failures.MapPost("/{id}/retry", RetryAsync).TakesJson(LargestBody);
        failures.MapPost("/{id}/give-up", GiveUpAsync).TakesJson(LargestBody);
    }

    private static async Task<IResult> ListAsync(HttpContext context, FailureQueries queries)
    {
        var (filter, problem) = FilterReader.Read(context.Request.Query);
        if (filter is null)
            return problem!;

        // One more than asked for tells whether there is a next page.
        var found = await queries.ListAsync(filter with { Limit = filter.Limit + 1 }, context.RequestAborted);
        var page = found.Take(filter.Limit).ToList();
        return Results.Ok(
            new FailureList(
                page.ConvertAll(FailureView.Of),
                await queries.CountAsync(filter, context.RequestAborted),
                found.Count > page.Count ? page[^1].Id : null
            )
        );
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext context, FailureQueries queries) =>
        await DetailAsync(id, queries, context.RequestAborted) is { } detail
            ? Results.Ok(detail)
            : Problems.NotFound(id);

    private static async Task<IResult> RetryAsync(string id, HttpContext context, Ledger ledger, FailureQueries queries)
    {
        var (input, problem) = await OperatorInput.ReadAsync(context);
        return input is null
            ? problem!
            : await AskAsync(new RetryAsked(id, input.By), "retry", ledger, queries, context.RequestAborted);
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
            : await AskAsync(
                new GiveUpAsked(id, input.By, input.Reason.Trim()),
                "give-up",
                ledger,
                queries,
                context.RequestAborted
            );
    }

    private static async Task<IResult> AskAsync(
        Asked asked,
        string action,
        Ledger ledger,
        FailureQueries queries,
        CancellationToken cancellation
    )
    {
        var outcome = await ledger.SubmitAsync(asked, cancellation);
        if (outcome.Failure is null)
            return Problems.NotFound(asked.FailureId);
        if (outcome.Step == Step.Refuse)
            return Problems.Conflict(outcome.Failure, action);
        return Results.Json(
            await DetailAsync(asked.FailureId, queries, cancellation),
            statusCode: StatusCodes.Status202Accepted
        );
    }

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
