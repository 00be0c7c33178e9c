using Integration.Hosting;
using Integration.ProcessCore.Bpmn;
using Integration.ProcessCore.Definitions;
using Integration.ProcessCore.Persistence;
using Microsoft.AspNetCore.Http.Features;

namespace Integration.ProcessCore.Api;

/// <summary>Definitions: deploy, list, show, withdraw.</summary>
internal static class DefinitionRoutes
{
    public static void MapDefinitions(this IEndpointRouteBuilder routes)
    {
        // A character has up to four bytes.
        routes
            .MapPost("/definitions", DeployAsync)
            .For(ApiRole.Administrator)
            .TakesXml(() => 4L * routes.ServiceProvider.GetRequiredService<CoreOptions>().DefinitionLimit)
            .WithSummary("Deploys a BPMN file. The same file again is the same version.")
            .Produces<DefinitionAnswer>(StatusCodes.Status201Created)
            .Produces<DefinitionAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes
            .MapGet(
                "/definitions",
                (Queries queries, CancellationToken cancellation) => queries.DefinitionsAsync(cancellation)
            )
            .For(ApiRole.Viewer)
            .WithSummary("Lists what is deployed, by id, the newest version first.");
        routes
            .MapGet("/definitions/{id}/{version:int}", ShowAsync)
            .For(ApiRole.Viewer)
            .WithSummary("Shows a deployed version with its XML.")
            .Produces<DefinitionAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes
            .MapPost("/definitions/{id}/withdraw", WithdrawAsync)
            .For(ApiRole.Administrator)
            .TakesJson(typeof(NoFields), optional: true)
            .WithSummary("Withdraws a definition: nothing starts it any more; what runs goes on.")
            .Produces<DefinitionAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> DeployAsync(
        HttpRequest request,
        DefinitionStore definitions,
        CancellationToken cancellation
    )
    {
        var (text, problem) = BpmnText.Read((MemoryStream)request.Body);
        if (text is null)
            return problem!;
        var deployment = await definitions.DeployAsync(text, cancellation);
        if (deployment.Definitions is not [var definition, ..])
            return Refused(deployment.Reading.Problems);
        var answer = Answer(definition) with
        {
            Notices = deployment.Reading.Notices,
            Definitions = deployment.Definitions.Count == 1 ? null : [.. deployment.Definitions.Select(Answer)],
        };
        return deployment.IsNew
            ? Results.Created($"/definitions/{Uri.EscapeDataString(definition.Id)}/{definition.Version}", answer)
            : Results.Ok(answer);
    }

    private static IResult Refused(IReadOnlyList<Problem> problems) =>
        ApiProblem.Of(
            StatusCodes.Status422UnprocessableEntity,
            "The definition is not taken.",
            string.Join(' ', problems.Select(problem => $"{problem.Element}: {problem.Reason}")),
            ("problems", problems)
        );

    private static DefinitionAnswer Answer(ProcessDefinition definition) =>
        new(definition.Id, definition.Version, definition.Model.Name);

    private static async Task<IResult> WithdrawAsync(
        HttpRequest request,
        DefinitionStore definitions,
        Queries queries,
        CancellationToken cancellation
    )
    {
        var (_, problem) = await request.ReadOptionalJsonAsync<NoFields>();
        if (problem is not null)
            return problem;
        var id = Id(request);
        return
            await definitions.WithdrawAsync(id, cancellation) is { } version
            && await queries.DefinitionAsync(id, version, cancellation) is { } definition
            ? Results.Ok(definition with { Xml = null })
            : ApiProblem.NotFound("definition", "GET /definitions lists what is deployed.");
    }

    private static async Task<IResult> ShowAsync(
        HttpRequest request,
        int version,
        Queries queries,
        CancellationToken cancellation
    ) =>
        await queries.DefinitionAsync(Id(request), version, cancellation) is { } definition
            ? Results.Ok(definition)
            : ApiProblem.NotFound("definition", "GET /definitions lists what is deployed.");

    /// <summary>
    /// The id as it stands in the address, before the last segment. Of what the server decodes, an escaped slash stays escaped and looks
    /// like an id that has the text %2F in it.
    /// </summary>
    private static string Id(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var segments = target.Split('?', 2)[0].TrimEnd('/').Split('/');
        return Uri.UnescapeDataString(segments[^2]);
    }
}
