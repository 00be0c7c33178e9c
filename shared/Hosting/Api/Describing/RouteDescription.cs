using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Integration.Hosting;

/// <summary>Adds to a route what its metadata says: parameters, body, who may call it, and the answers that every route may give.</summary>
internal sealed class RouteDescription : IOpenApiOperationTransformer
{
    public async Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<HealthRoute>().Any())
            return;
        var shape = metadata.OfType<RequestShape>().LastOrDefault() ?? RequestShape.Nothing;
        // Those of the path are known from the route; what a handler takes from the query stands in its metadata.
        operation.Parameters =
        [
            .. (operation.Parameters ?? []).Where(parameter => parameter.In == ParameterLocation.Path),
            .. shape.Query.Select(Query),
            .. shape.Headers.Select(Header),
        ];
        if (shape.Body != RequestBody.None)
            operation.RequestBody = await BodyAsync(shape, context, cancellationToken);

        operation.Responses ??= [];
        foreach (var answer in CommonAnswer.Of(shape))
            operation.Responses.TryAdd(
                answer.Status.ToString(CultureInfo.InvariantCulture),
                new OpenApiResponseReference(answer.Name, context.Document)
            );
        if (metadata.OfType<RouteRole>().LastOrDefault() is not { } needed)
            return;
        operation.Security =
        [
            new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(DocumentDescription.Bearer, context.Document)] =
                [
                    needed.Role.Name(),
                ],
            },
        ];
    }

    private static OpenApiParameter Query(QueryParameter parameter) =>
        new()
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Meaning,
            Schema = parameter switch
            {
                { Most: { } most } => new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Minimum = "1",
                    Maximum = most.ToString(CultureInfo.InvariantCulture),
                    Default = parameter.Usual,
                },
                { Values: { } values } => new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Enum = [.. values.Select(value => (JsonNode)value)],
                },
                { IdFrom: not null } => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
                _ => new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };

    private static OpenApiParameter Header((string Name, string Meaning) header) =>
        new()
        {
            Name = header.Name,
            In = ParameterLocation.Header,
            Description = header.Meaning,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static async Task<OpenApiRequestBody> BodyAsync(
        RequestShape shape,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        IOpenApiSchema schema = shape switch
        {
            { Body: RequestBody.Xml } => new OpenApiSchema { Type = JsonSchemaType.String },
            { Type: { } type } => await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellation),
            _ => new OpenApiSchema { Type = JsonSchemaType.Object },
        };
        return new OpenApiRequestBody
        {
            Required = !shape.Optional,
            Description = $"At most {shape.Limit} bytes.",
            Content = MediaCheck
                .Types(shape.Body)
                .ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }, StringComparer.Ordinal),
        };
    }
}
