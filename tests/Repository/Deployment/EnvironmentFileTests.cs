using Integration.Fixtures;

namespace Integration.Repository.Tests.Deployment;

/// <summary>Passwords are asked for, never given.</summary>
public sealed class EnvironmentFileTests
{
    private static readonly string _compose = File.ReadAllText(RepositoryFolder.File("docker-compose.yml"));
    private static readonly string _samples = File.ReadAllText(RepositoryFolder.File("docker-compose.samples.yml"));

    [Fact]
    public void The_example_names_every_variable_and_no_value() =>
        File.ReadAllLines(RepositoryFolder.File(".env.example"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                Variables()
                    .Concat(Variable.In(_samples))
                    .Select(variable => variable.Name + "=")
                    .Distinct()
                    .Order(StringComparer.Ordinal)
            );

    [Fact]
    public void A_variable_that_is_not_set_stops_the_start_and_says_where_to_set_it_but_those_of_a_persons_tools() =>
        Variables()
            .Where(variable => variable.Rest != ":?set it in .env")
            .ShouldBe([
                new Variable("RABBITMQ_WATCHER_PASSWORD", ":-"),
                new Variable("RABBITMQ_SENDER_PASSWORD", ":-"),
            ]);

    [Fact]
    public void The_filled_file_is_never_committed()
    {
        TrackedFiles.All.ShouldNotContain(".env");
        File.ReadAllLines(RepositoryFolder.File(".gitignore")).ShouldContain(".env");
    }

    private static List<Variable> Variables()
    {
        var found = Variable.In(_compose).ToList();
        found.ShouldNotBeEmpty();
        return found;
    }
}
