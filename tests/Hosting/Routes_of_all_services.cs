using System.Net;
using System.Text.Json;
using Integration.Fixtures;
using Microsoft.OpenApi;

namespace Integration.Hosting.Tests;

/// <summary>Every route of every service, called as each role and as nobody.</summary>
public sealed class Routes_of_all_services
{
    public static TheoryData<string> Services => [.. RunningService.All];

    [Fact]
    public void No_service_is_forgotten() =>
        Directory
            .GetDirectories(RepositoryFolder.File("services"))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(folder => File.Exists(RepositoryFolder.File($"services/{folder}/Program.cs")))
            // It has no routes of its own: each service in it is one of these.
            .Where(folder => folder != "Standalone")
            .Order(StringComparer.Ordinal)
            .ShouldBe(RunningService.All.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Each_is_answered_to_those_whom_it_is_for_and_to_nobody_else(string service)
    {
        await using var running = await RunningService.StartAsync(service);
        running.Routes.ShouldNotBeEmpty();
        foreach (var (method, path, role, isHealth) in running.Routes)
        {
            foreach (var caller in new ApiRole?[] { null, ApiRole.Viewer, ApiRole.Operator, ApiRole.Administrator })
            {
                var status = await running.CallAsync(method, path, caller);
                var what = $"{method} {path} by {caller?.Name() ?? "nobody"}";
                if (isHealth || (role is { } needed && caller >= needed))
                    status.ShouldNotBeOneOf([HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden], what);
                else
                    status.ShouldBe(caller is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, what);
            }
        }
    }

    [Fact]
    public async Task Who_may_call_what_is_as_it_was_accepted()
    {
        var lines = new List<string>();
        foreach (var service in RunningService.All)
        {
            await using var running = await RunningService.StartAsync(service);
            lines.AddRange(
                running.Routes.Select(route =>
                    $"{service} {route.Method} {route.Pattern}: "
                    + (route.IsHealth ? "anybody" : route.Role?.Name() ?? "nobody")
                )
            );
        }

        Snapshot.Match(
            string.Join('\n', lines.Order(StringComparer.Ordinal)),
            "tests/Hosting/Routes.txt",
            "tests/Hosting"
        );
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Its_description_is_right_and_has_every_route_with_its_role(string service)
    {
        await using var running = await RunningService.StartAsync(service);

        var json = await running.DescriptionAsync();

        var read = OpenApiDocument.Parse(json, "json");
        read.Diagnostic!.Errors.ShouldBeEmpty();
        JsonElement.Parse(json).GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        foreach (var route in running.Routes.Where(route => route.Pattern != ApiDescription.Route && !route.IsHealth))
        {
            var what = $"{route.Method} {route.Pattern}";
            var path = route.Pattern.Replace(":int}", "}", StringComparison.Ordinal).TrimEnd('/');
            read.Document!.Paths.Keys.ShouldContain(path, what);
            var operation = read.Document.Paths[path].Operations![HttpMethod.Parse(route.Method)];
            operation.Summary.ShouldNotBeNullOrEmpty(what);
            operation
                .Security!.ShouldHaveSingleItem()
                .Values.ShouldHaveSingleItem()
                .ShouldBe([route.Role!.Value.Name()]);
            operation.Responses!.Keys.ShouldContain("401", what);
            operation.Responses.Keys.ShouldContain(status => status.StartsWith('2'), what);
            foreach (var parameter in operation.Parameters ?? [])
            {
                if (parameter.In == ParameterLocation.Query)
                    parameter.Description.ShouldNotBeNullOrEmpty($"{what}: {parameter.Name}");
            }
        }
    }
}
