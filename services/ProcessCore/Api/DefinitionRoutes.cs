using System.Text;
using Integration.ProcessCore.Persistence;

namespace Integration.ProcessCore.Api;

/// <summary>Definitions: deploy, list, show.</summary>
internal static class DefinitionRoutes
{
    public static void MapDefinitions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/definitions", DeployAsync);
        routes.MapGet(
            "/definitions",
            (Queries queries, CancellationToken cancellation) => queries.DefinitionsAsync(cancellation)
        );
        routes.MapGet("/definitions/{id}/{version:int}", ShowAsync);
    }

    private static async Task<IResult> DeployAsync(
        HttpRequest request,
        DefinitionStore definitions,
        CoreOptions options,
        CancellationToken cancellation
    )
    {
        // A character has up to four bytes.
        var (bytes, problem) = await Body.BytesAsync(request, 4 * options.DefinitionLimit);
        if (problem is not null)
            return problem;
        if (bytes.Length == 0)
            return Problems.BadRequest("body", "Send the BPMN file as the body.");

        using var text = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        var deployment = await definitions.DeployAsync(await text.ReadToEndAsync(cancellation), cancellation);
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
