"""What Today, the list and the front page show: flat rows and few queries, whatever the number of relationships."""
