using System.Reflection;
using System.Text.Json;
using Integration.Clients;
using Microsoft.OpenApi;
using Refit;

namespace Integration.Hosting.Tests;

/// <summary>The typed clients know every route of a service, and nothing that it does not have.</summary>
public sealed class Clients_and_descriptions
{
    public static TheoryData<string, Type> Apis =>
        new() { { "ProcessCore", typeof(IProcessCoreApi) }, { "ErrorTreatment", typeof(IErrorTreatmentApi) } };

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task Each_route_has_a_method_and_each_method_a_route(string service, Type api)
    {
        var operations = await OperationsAsync(service);

        api.GetMethods()
            .Select(Target)
            .Order(StringComparer.Ordinal)
            .ShouldBe(operations.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task What_a_method_sends_and_reads_is_described(string service, Type api)
    {
        var operations = await OperationsAsync(service);

        foreach (var method in api.GetMethods())
        {
            var operation = operations[Target(method)];
            Sent(method).Except(Described(operation, ParameterLocation.Query)).ShouldBeEmpty(Target(method));
            var body = method
                .GetParameters()
                .FirstOrDefault(one => one.GetCustomAttribute<BodyAttribute>() is not null);
            if (body is not null)
                Unknown(body.ParameterType, operation.RequestBody!.Content!.First().Value.Schema!).ShouldBeEmpty();
            var answer = operation
                .Responses!.First(one => one.Key.StartsWith('2'))
                .Value.Content!.First()
                .Value.Schema!;
            Unknown(Answered(method), answer).ShouldBeEmpty(Target(method));
        }
    }

    private static async Task<Dictionary<string, OpenApiOperation>> OperationsAsync(string service)
    {
        await using var running = await RunningService.StartAsync(service);
        var document = OpenApiDocument.Parse(await running.DescriptionAsync(), "json").Document!;
        return document
            .Paths.Where(path => !path.Key.StartsWith("/health", StringComparison.Ordinal))
            .Where(path => path.Key != ApiDescription.Route)
            .SelectMany(path => path.Value.Operations!.Select(one => ($"{one.Key} {path.Key}", one.Value)))
            .ToDictionary(one => one.Item1, one => one.Value, StringComparer.Ordinal);
    }

    private static string Target(MethodInfo method)
    {
        var route = method.GetCustomAttribute<HttpMethodAttribute>()!;
        return $"{route.Method} {route.Path}";
    }

    private static IEnumerable<string> Described(OpenApiOperation operation, ParameterLocation place) =>
        (operation.Parameters ?? []).Where(one => one.In == place).Select(one => one.Name!);

    private static IEnumerable<string> Sent(MethodInfo method)
    {
        var path = method.GetCustomAttribute<HttpMethodAttribute>()!.Path;
        foreach (var parameter in method.GetParameters())
        {
            if (
                parameter.ParameterType == typeof(CancellationToken)
                || parameter.GetCustomAttribute<BodyAttribute>() is not null
                || parameter.GetCustomAttribute<HeaderAttribute>() is not null
                || path.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal)
            )
                continue;
            if (parameter.GetCustomAttribute<QueryAttribute>() is null)
                yield return parameter.Name!;
            else
                foreach (var property in parameter.ParameterType.GetProperties())
                    yield return property.GetCustomAttribute<AliasAsAttribute>()!.Name;
        }
    }

    // Task<T>, and the T of an ApiResponse.
    private static Type Answered(MethodInfo method)
    {
        var type = method.ReturnType.GenericTypeArguments[0];
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ApiResponse<>)
            ? type.GenericTypeArguments[0]
            : type;
    }

    /// <summary>Fields of a type of the clients, at any depth, that the schema does not have.</summary>
    private static IEnumerable<string> Unknown(Type type, IOpenApiSchema schema, int depth = 0)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return Unknown(type.GenericTypeArguments[0], schema.Items ?? schema, depth);
        if (type.Assembly != typeof(IProcessCoreApi).Assembly || depth > 4)
            return [];
        var fields = Fields(schema);
        return type.GetProperties()
            .SelectMany(property =>
            {
                var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
                return fields.TryGetValue(name, out var field)
                    ? Unknown(property.PropertyType, field, depth + 1).Select(one => $"{name}.{one}")
                    : [name];
            });
    }

    // One that may be null is one of several.
    private static IDictionary<string, IOpenApiSchema> Fields(IOpenApiSchema schema) =>
        schema.Properties is { Count: > 0 } fields
            ? fields
            : (schema.OneOf ?? schema.AnyOf ?? []).Select(Fields).FirstOrDefault(some => some.Count > 0)
                ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
}
