using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Integration.Hosting;

/// <summary>Says of types and fields what their doc comments say.</summary>
internal sealed class TypeDescription : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        // A type with fields of its own stands once in the document, whatever each of its places means.
        var hasFields = schema.Properties is { Count: > 0 };
        var member =
            (hasFields ? null : context.JsonPropertyInfo?.AttributeProvider as PropertyInfo)
            ?? (MemberInfo)context.JsonTypeInfo.Type;
        var text = DocComments.Of(member.Module.Assembly).Summary(member, DocStyle.Plain);
        if (text.Length > 0)
            schema.Description = text;
        NumbersOnly(schema);
        if (hasFields)
            AbsentInsteadOfNull(schema, context.JsonTypeInfo);
        if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
            NameTheField(schema);
        return Task.CompletedTask;
    }

    // The serializer would read numbers in quotes, too; the guard's reader does not, and callers have no need of them.
    private static void NumbersOnly(OpenApiSchema schema)
    {
        if (schema.Type is not { } type)
            return;
        if (!type.HasFlag(JsonSchemaType.Integer) && !type.HasFlag(JsonSchemaType.Number))
            return;
        schema.Type = type & ~JsonSchemaType.String;
        schema.Pattern = null;
    }

    private static void AbsentInsteadOfNull(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var field in type.Properties)
        {
            if (field.IsGetNullable || Nullable.GetUnderlyingType(field.PropertyType) is not null)
                schema.Required?.Remove(field.Name);
        }
    }

    private static void NameTheField(OpenApiSchema schema) =>
        schema.Properties!["field"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "What is wrong: a field, parameter or header; absent where it is none of them.",
        };
}
