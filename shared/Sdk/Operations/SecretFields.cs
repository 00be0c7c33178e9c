using System.Reflection;
using System.Text.Json;

namespace Integration.Sdk;

/// <summary>The fields of an input record that may hold secrets.</summary>
internal static class SecretFields<TInput>
{
    public static SecretPlaces Places { get; } =
        new(
            typeof(TInput)
                .GetConstructors()
                .SelectMany(constructor => constructor.GetParameters())
                .Where(parameter => parameter.IsDefined(typeof(MayHoldSecretsAttribute)))
                .Select(parameter => parameter.Name!)
                .Concat(
                    typeof(TInput)
                        .GetProperties()
                        .Where(property => property.IsDefined(typeof(MayHoldSecretsAttribute)))
                        .Select(property => property.Name)
                )
                .Distinct(StringComparer.Ordinal)
                .Select(JsonNamingPolicy.CamelCase.ConvertName)
        );
}
