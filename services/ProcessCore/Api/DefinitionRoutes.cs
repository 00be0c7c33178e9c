using Integration.Hosting;
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
            .TakesXml(() => 4L * routes.ServiceProvider.GetRequiredService<CoreOptions>().DefinitionLimit);
        routes.MapGet(
            "/definitions",
            (Queries queries, CancellationToken cancellation) => queries.DefinitionsAsync(cancellation)
        );
        routes.MapGet("/definitions/{id}/{version:int}", ShowAsync);
        routes.MapPost("/definitions/{id}/withdraw", WithdrawAsync).TakesJson(Contracts.Limits.Body);
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
            return Problems.Refused(deployment.Reading.Problems);
        var answer = Answer(definition) with
        {
            Notices = deployment.Reading.Notices,
            Definitions = deployment.Definitions.Count == 1 ? null : [.. deployment.Definitions.Select(Answer)],
        };
        return deployment.IsNew
            ? Results.Created($"/definitions/{Uri.EscapeDataString(definition.Id)}/{definition.Version}", answer)
            : Results.Ok(answer);
    }

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
            : Problems.NotFound("definition", "GET /definitions lists what is deployed.");
    }

    private static async Task<IResult> ShowAsync(
        HttpRequest request,
        int version,
        Queries queries,
        CancellationToken cancellation
    ) =>
        await queries.DefinitionAsync(Id(request), version, cancellation) is { } definition
            ? Results.Ok(definition)
            : Problems.NotFound("definition", "GET /definitions lists what is deployed.");

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
