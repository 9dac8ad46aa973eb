<html><%= "two and two is " + (2 + 2) %></html>
