using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;
using Integration.Hosting;
using Integration.Sdk;

namespace Integration.Templates;

/// <summary>A property of a record, with the parameter that it comes from, as a field.</summary>
internal static class FieldReader
{
    public static Field Read(JsonPropertyInfo property)
    {
        var parameter = property.AssociatedParameter;
        var member = (MemberInfo)property.AttributeProvider!;
        var attributes = member
            .GetCustomAttributes()
            .Concat(parameter?.AttributeProvider?.GetCustomAttributes(inherit: false).Cast<Attribute>() ?? [])
            .ToList();
        var told = DefaultSentence.Split(
            DocComments.Of(member.DeclaringType!.Assembly).Summary(member, DocStyle.Markdown)
        );
        var value = ValueReader.Read(property.PropertyType);
        return new Field(property.Name, value, told.Meaning)
        {
            Required = property.IsRequired || parameter is { HasDefaultValue: false },
            Nullable = property.IsGetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null,
            Default = Written(property, parameter) ?? told.Default,
            Limits = string.Join(
                ", ",
                attributes.OfType<ValidationAttribute>().Select(one => LimitWords.Of(one, value))
            ),
            MayHoldSecrets = attributes.OfType<MayHoldSecretsAttribute>().Any(),
        };
    }

    /// <summary>The value that the declaration gives it; null when it gives none, so that words have to tell.</summary>
    private static string? Written(JsonPropertyInfo property, JsonParameterInfo? parameter)
    {
        if (parameter is not { HasDefaultValue: true, DefaultValue: { } value } || value is JsonElement)
            return null;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsEnum)
            value = Enum.ToObject(type, value);
        return $"`{JsonSerializer.Serialize(value, type, OperationJson.Options).Trim('"')}`";
    }
}
