using System.Text.Json.Nodes;

namespace Integration.ProcessCore.Tests.Feel;

public class ListAndContextTests
{
    private static readonly JsonObject _variables = JsonNode
        .Parse(
            """
            {
              "customer": { "name": "Ada", "address": { "city": "Paris", "zip code": "75001" }, "tags": ["a", "b"] },
              "orders": [
                { "id": 1, "total": 20.50, "lines": [{ "sku": "x" }] },
                { "id": 2, "total": 99, "lines": [{ "sku": "y" }, { "sku": "z" }] },
                { "id": 3 }
              ],
              "empty": [], "nothing": null, "first name": "Grace", "position": 2, "flag": true, "$file": { "key": "k" },
              "date": "2026-12-01", "número": 5
            }
            """
        )!
        .AsObject();

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_path_reads_what_is_there_and_is_null_where_nothing_is(string expression, string expected) =>
        Cases.Check(expression, expected, _variables);

    public static TheoryData<string, string> Paths =>
        Cases.Of(
            """
            customer.name => "Ada"
            customer.address.city => "Paris"
            customer.address => {"city":"Paris","zip code":"75001"}
            customer.address.`zip code` => "75001"
            `first name` => "Grace"
            número + 1 => 6
            $file.key => "k"
            date => "2026-12-01"
            date(date).year => 2026
            customer.unknown => null
            customer.unknown.further => null
            customer.name.length => null
            unknown => null
            unknown.a.b => null
            nothing => null
            nothing.a => null
            orders.id => [1,2,3]
            orders.total => [20.50,99,null]
            orders.lines.sku => [null,null,null]
            empty.a => []
            [].a => []
            {a: {b: 1}}.a.b => 1
            {a: 1}.b => null
            [{a: 1}, {a: 2}].a => [1,2]
            [{a: 1}, {b: 2}].a => [1,null]
            [1, 2].a => [null,null]
            5.a => null
            "x".a => null
            {for: 1}.for => 1
            """
        );

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_filter_takes_one_by_position_or_all_that_fulfil_a_condition(string expression, string expected) =>
        Cases.Check(expression, expected, _variables);

    public static TheoryData<string, string> Filters =>
        Cases.Of(
            """
            [1, 2, 3][1] => 1
            [1, 2, 3][3] => 3
            [1, 2, 3][-1] => 3
            [1, 2, 3][-3] => 1
            [1, 2, 3][0] => null
            [1, 2, 3][4] => null
            [1, 2, 3][-4] => null
            [1, 2, 3][1.5] => 1
            [1, 2, 3][1 + 1] => 2
            [1, 2, 3][position] => 2
            [1, 2, 3][count([1, 2])] => 2
            [][1] => null
            [1, 2, 3, 4][item > 2] => [3,4]
            [1, 2, 3, 4][even(item)] => [2,4]
            [1, 2, 3, 4][item >= 2 and item < 4] => [2,3]
            [1, 2, 3][item > 5] => []
            [1, 2, 3][true] => [1,2,3]
            [1, 2, 3][false] => []
            [1, 2, 3][null] => []
            [1, 2, 3]["a"] => []
            [1, 2, 3][flag] => [1,2,3]
            [][item > 2] => []
            [1, null, 3][item > 1] => [3]
            [1, "a", 3][item > 1] => [3]
            ["a", "b"][item = "b"] => ["b"]
            [[1, 2], [3]][1] => [1,2]
            [[1, 2], [3]][1][2] => 2
            [{a: 1}, {a: 2}, {a: 3}][a > 1] => [{"a":2},{"a":3}]
            [{a: 1}, {a: 2}][item.a = 1] => [{"a":1}]
            [{a: 1}, {b: 2}][a < 10] => [{"a":1}]
            [{x: 1, y: 2}, {x: null, y: 3}][x < 2] => [{"x":1,"y":2}]
            [{item: 1}, {item: 2}][item = 2] => [{"item":2}]
            [{a: 1}, {a: 2}][a > 1][1].a => 2
            [{a: 1}, {a: 2}][a > 1].a => [2]
            orders[id = 2].total => [99]
            orders[total > 50][1].id => 2
            orders[count(lines) > 1].id => [2]
            orders[-1].id => 3
            customer.tags[2] => "b"
            orders[1].lines[1].sku => "x"
            5[1] => null
            5[2] => null
            5[item > 3] => null
            5[item > 7] => null
            "a"["a" = item] => null
            null[1] => null
            null[item > 1] => null
            """
        );
}
