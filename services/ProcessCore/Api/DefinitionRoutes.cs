using Integration.Hosting;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Api;

/// <summary>Definitions: deploy, list, show.</summary>
internal static class DefinitionRoutes
{
    public static void MapDefinitions(this IEndpointRouteBuilder routes)
    {
        // A character has up to four bytes.
        routes
            .MapPost("/definitions", DeployAsync)
            .TakesXml(() => 4L * routes.ServiceProvider.GetRequiredService<CoreOptions>().DefinitionLimit);
        routes.MapGet(
            "/definitions",
            (Queries queries, CancellationToken cancellation) => queries.DefinitionsAsync(cancellation)
        );
        routes.MapGet("/definitions/{id}/{version:int}", ShowAsync);
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
        if (deployment.Definition is not { } definition)
            return Problems.Refused(deployment.Reading.Problems);
        var answer = new DefinitionAnswer(
            definition.Id,
            definition.Version,
            definition.Model.Name,
            Notices: deployment.Reading.Notices
        );
        return deployment.IsNew
            ? Results.Created($"/definitions/{definition.Id}/{definition.Version}", answer)
            : Results.Ok(answer);
    }

    private static async Task<IResult> ShowAsync(
        string id,
        int version,
        Queries queries,
        CancellationToken cancellation
    ) =>
        await queries.DefinitionAsync(id, version, cancellation) is { } definition
            ? Results.Ok(definition)
            : Problems.NotFound("definition", "GET /definitions lists what is deployed.");
}
