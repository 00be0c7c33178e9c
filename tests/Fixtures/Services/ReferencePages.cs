using Integration.Contracts;
using Integration.Hosting;
using Integration.Sdk;
using Integration.Templates;
using Integration.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Integration.Fixtures;

/// <summary>
/// What the documentation of every service must be: written from its code, and true. A page per operation, its lines in the
/// index, and the generated parts of the page of the service; <c>UPDATE_SNAPSHOTS=1</c> writes them.
/// </summary>
/// <param name="tests">The test project, e.g. <c>tests/S3</c>: names the page of the service, too.</param>
/// <param name="create">The composition root.</param>
public abstract class ReferencePages(string tests, Func<string[], WebApplication> create)
{
    private readonly string _service = tests.Split('/')[^1];

    private string Name => _service.ToLowerInvariant();

    [Fact]
    public async Task Every_operation_has_a_page_that_is_written_from_its_code()
    {
        foreach (var operation in await OperationsAsync())
            Snapshot.Match(
                OperationPage.Of(operation.Contract, _service),
                OperationPage.File(operation.Contract),
                tests
            );
    }

    [Fact]
    public async Task The_index_leads_to_every_operation()
    {
        const string Index = $"{OperationPage.Folder}/README.md";
        var operations = await OperationsAsync();
        var found = false;
        var page = GeneratedParts.Fill(
            await File.ReadAllTextAsync(RepositoryFolder.File(Index)),
            what =>
            {
                if (what != $"operations {Name}")
                    return null;
                found = true;
                return OperationIndex.Of(operations.Select(operation => operation.Contract), "");
            }
        );
        found.ShouldBeTrue($"{Index} lacks <!-- generated: operations {Name} -->");
        Snapshot.Match(page, Index, tests);
    }

    [Fact]
    public async Task The_page_of_the_service_lists_operations_errors_and_settings_as_they_are()
    {
        await using var app = Application();
        var page = $"docs/reference/{Name}.md";
        var text = await File.ReadAllTextAsync(RepositoryFolder.File(page));
        var service = new ServicePage(
            Operations(app).Select(operation => operation.Contract),
            app.Services.GetServices<SettingsSection>()
        );
        Snapshot.Match(service.Fill(text), page, tests);
    }

    [Fact]
    public async Task Every_operation_shows_an_example_and_says_what_can_go_wrong()
    {
        foreach (var contract in (await OperationsAsync()).Select(operation => operation.Contract))
        {
            contract.Description.ShouldNotBeNullOrEmpty(contract.Name);
            contract.Examples.ShouldNotBeNull(contract.Name);
            contract.Errors.ShouldNotBeEmpty(contract.Name);
            var fields = RecordShape.Of(contract.Inputs).Fields.Concat(RecordShape.Of(contract.Outputs).Fields);
            foreach (var field in fields)
                (field.Meaning + field.Default).ShouldNotBeEmpty($"{contract.Name}: {field.Name} has no doc comment");
        }
    }

    [Fact]
    public async Task Every_example_does_what_it_says()
    {
        foreach (var operation in await OperationsAsync())
        foreach (var example in operation.Examples)
        {
            var differences = await RunAsync(operation, example);
            differences.ShouldBeEmpty($"{operation.Name}, \"{example.Title}\"");
        }
    }

    [Fact]
    public async Task Every_file_of_examples_belongs_to_an_operation()
    {
        var operations = await OperationsAsync();
        var files = operations
            .Select(operation => operation.Type.Assembly)
            .Distinct()
            .SelectMany(assembly => assembly.GetManifestResourceNames())
            .Where(name => name.EndsWith(".examples.json", StringComparison.Ordinal))
            .ToList();
        files.ShouldNotBeEmpty();
        files.Except(operations.Select(operation => $"{operation.Type.Name}.examples.json")).ShouldBeEmpty();
    }

    /// <summary>Puts in place what the example needs and runs it, as <see cref="ExampleRun.RunAsync"/> does.</summary>
    protected abstract Task<IReadOnlyList<string>> RunAsync(OperationDescription operation, OperationExample example);

    private async Task<List<OperationDescription>> OperationsAsync()
    {
        await using var app = Application();
        return Operations(app);
    }

    private static List<OperationDescription> Operations(WebApplication app) =>
        [.. app.Services.GetRequiredService<OperationCatalog>().All];

    // It is never started: nothing is bound, opened or called.
    private WebApplication Application() => create(["--urls=http://127.0.0.1:0", "--Bus:Transport=InMemory"]);
}
